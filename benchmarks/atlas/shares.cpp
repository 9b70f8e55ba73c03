#include "shares.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"

namespace attest::atlas {

namespace {

using nlohmann::json;

base::Journal::Head head(const std::vector<Size>& sizes, std::size_t shares) {
    json all = json::array();
    for (const Size& size : sizes) all.push_back({size.letters, size.states});
    return {json{{"format", "attest/atlas"}, {"version", 1}, {"sizes", all}, {"shares", shares}}.dump(),
            "shares of the same atlas, and as many"};
}

}  // namespace

Shares::Shares(std::string folder, std::vector<Size> sizes, std::size_t shares)
    : folder_(std::move(folder)),
      sizes_(std::move(sizes)),
      count_(shares),
      records_(folder_, head(sizes_, count_), base::Seal()) {
    for (std::size_t k = 0; k < records_.earlier().size(); ++k) take_up(records_.earlier()[k], records_.places()[k]);
}

void Shares::take_up(const std::string& record, const std::string& place) {
    try {
        const json document = json::parse(record);
        std::vector<Tables> all;
        for (const json& tables : document.at("sizes")) {
            Tables& of_size = all.emplace_back();
            for (const json& table : tables)
                for (const json& line : table.at("lines"))
                    of_size[table.at("table").get<std::size_t>()].push_back(parse(line.get<std::string>(), place));
        }
        if (all.size() != sizes_.size()) throw base::InputError(place, "tables of all sizes", "of others");
        made_[document.at("share").get<std::size_t>()] = std::move(all);
    } catch (const json::exception&) {
        throw base::InputError(place, "lines of a share", "something else");
    }
}

void Shares::make_one(std::size_t share) {
    json sizes = json::array();
    std::vector<Tables> all;
    for (const Size& size : sizes_) {
        json tables = json::array();
        Tables& of_size = all.emplace_back();
        for_each_table_of(size.states, size.letters, {share + 1, count_},
                          [&](std::size_t table, std::vector<Line> lines) {
                              json texts = json::array();
                              for (const Line& line : lines) texts.push_back(spell(line));
                              tables.push_back({{"table", table}, {"lines", std::move(texts)}});
                              of_size[table] = std::move(lines);
                          });
        sizes.push_back(std::move(tables));
    }
    records_.add(share, json{{"share", share}, {"sizes", std::move(sizes)}}.dump());
    made_[share] = std::move(all);
}

void Shares::make(base::Share own) {
    for (std::size_t share = 0; share < count_; ++share)
        if (own.has(share) && !made_.contains(share)) make_one(share);
}

void Shares::replace_foreign() {
    for (const std::size_t share : records_.foreign()) {
        if (share >= count_ || made_.contains(share)) continue;
        fmt::print(stderr, "attest-atlas: {}/units/{} bears no seal of yours: this share is made here\n", folder_,
                   share);
        make_one(share);
    }
}

std::vector<Line> Shares::lines_of(const Size& size) const {
    Tables joined;
    for (std::size_t k = 0; k < sizes_.size(); ++k)
        if (sizes_[k] == size)
            for (const auto& [share, all] : made_) joined.insert(all[k].begin(), all[k].end());
    std::vector<Line> lines;
    for (const auto& [table, more] : joined) lines.insert(lines.end(), more.begin(), more.end());
    return lines;
}

}  // namespace attest::atlas

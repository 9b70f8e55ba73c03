#include "studies/emergence_table.hpp"

#include <algorithm>

#include "attest/base/file.hpp"
#include "attest/base/json.hpp"

namespace attest::studies {

using exact::Rational;

namespace {

std::vector<Rational> ascending(const EmergenceTable& table) {
    std::vector<Rational> flops;
    for (const EmergenceTable::Row& row : table.rows) flops.push_back(row.flops);
    std::sort(flops.begin(), flops.end());
    return flops;
}

template <typename Inside>
EmergenceTable::Share share(const EmergenceTable& table, const std::string& where, const std::string& among,
                            Inside inside) {
    EmergenceTable::Share found{where, among, 0, 0};
    for (const EmergenceTable::Row& row : table.rows) {
        if (among != "all" && row.kind != among) continue;
        ++found.of, found.rows += inside(row.flops) ? 1 : 0;
    }
    return found;
}

Rational ten_to(const char* exponent) { return exact::parse_decimal(std::string("1e") + exponent, "bounds"); }

}  // namespace

Rational EmergenceTable::least() const { return ascending(*this).front(); }
Rational EmergenceTable::greatest() const { return ascending(*this).back(); }

Rational EmergenceTable::median() const {
    const std::vector<Rational> flops = ascending(*this);
    return (flops[(flops.size() - 1) / 2] + flops[flops.size() / 2]) / 2;
}

std::vector<EmergenceTable::Share> EmergenceTable::shares() const {
    const Rational e21 = ten_to("21"), e22 = ten_to("22"), e23 = ten_to("23"), e24 = ten_to("24");
    const auto low = [&](const Rational& x) { return e21 <= x && x <= e23; };
    std::vector<Share> found = {
        share(*this, "[1e21, 1e23]", "all", low),
        share(*this, "(1e23, 1e24]", "all", [&](const Rational& x) { return e23 < x && x <= e24; }),
        share(*this, "[1e22, 1e24]", "all", [&](const Rational& x) { return e22 <= x && x <= e24; })};
    std::vector<std::string> kinds;
    for (const Row& row : rows)
        if (std::find(kinds.begin(), kinds.end(), row.kind) == kinds.end()) kinds.push_back(row.kind);
    for (const std::string& kind : kinds) found.push_back(share(*this, "[1e21, 1e23]", kind, low));
    return found;
}

EmergenceTable read_emergence_table(const std::string& path) {
    const base::Json document = base::Json::parse(base::read_file(path), path);
    const base::JsonNode file(document, path);
    EmergenceTable table;
    table.source = file.at("source").as_string();
    for (const base::JsonNode& row : file.at("rows").elements()) {
        const Rational flops = exact::read_rational(row.at("flops"));
        if (flops <= 0) row.at("flops").fail("a positive number");
        table.rows.push_back({row.at("kind").as_string(), row.at("ability").as_string(), flops});
    }
    if (table.rows.empty()) file.at("rows").fail("at least one row");
    return table;
}

}  // namespace attest::studies

#include "census.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/certify/existence.hpp"
#include "decide/threshold/npn.hpp"
#include "keep.hpp"
#include "record/census.hpp"

namespace attest::cli {

namespace {

/// The heads that a function needs at a number of layers.
struct Need {
    std::int64_t layers = 0;
    std::optional<std::int64_t> enough;  ///< a network was found with so many
    std::int64_t too_few = 0;            ///< proved: none with so many
    std::string open;                    ///< why what lies between is undecided
};

struct Entry {
    threshold::NpnClass functions;
    std::string table;
    std::vector<Need> needs;  ///< by layers
    double seconds = 0;
};

class CensusRun {
  public:
    CensusRun(Session& session, const Census& asked) : session_(session), asked_(asked), limits_(session.limits()) {
        require_closed(asked.network, "--census");
    }

    int run() {
        archive_.emplace(asked_.certificate.empty() ? std::nullopt : std::optional(asked_.certificate));
        const auto classes = threshold::npn_classes(asked_.inputs);
        for (const threshold::NpnClass& c : classes) {
            Entry entry{c, threshold::table_name(c.table, asked_.inputs), {}, 0};
            session_.progress(fmt::format("{} of {}: {}", entries_.size() + 1, classes.size(), entry.table));
            for (std::int64_t l = 1; l <= asked_.network.layers; ++l) entry.needs.push_back(need(entry, l));
            entries_.push_back(std::move(entry));
        }
        finish_certificate(session_, *archive_, parts_);
        show();
        return open() == 0 ? success : undecided;
    }

  private:
    /// More heads only help, so the first number that is enough is the least, if all before it are refuted.
    Need need(Entry& entry, std::int64_t layers) {
        Need need;
        need.layers = layers;
        for (std::int64_t h = 1; h <= asked_.most_heads; ++h) {
            threshold::NetworkClass c = asked_.network;
            c.layers = layers;
            c.heads = h;
            parts_.push_back(
                fmt::format("{}-layers-{}-heads-{}", entry.table.substr(entry.table.find(':') + 1), layers, h));
            const verdict::Verdict v =
                certify::decide_existence({c, language::Language::parse(entry.table, std::nullopt), asked_.inputs},
                                          asked_.options, limits_, *archive_, parts_.back())
                    .verdict;
            entry.seconds += v.spent.seconds;
            if (v.holds()) {
                need.enough = h;
                return need;
            }
            if (v.fails() && need.open.empty()) need.too_few = h;
            if (v.is_undecided() && need.open.empty())
                need.open = fmt::format("{} heads: {}: {}", h, to_string(v.why().reason), v.why().detail);
        }
        return need;
    }

    std::size_t open() const {
        std::size_t count = 0;
        for (const Entry& e : entries_)
            for (const Need& n : e.needs)
                if (!n.open.empty()) ++count;
        return count;
    }

    // Output.

    static std::string heads(const Need& n) {
        if (n.open.empty()) return n.enough ? std::to_string(*n.enough) : fmt::format("> {}", n.too_few);
        return fmt::format("{} to {}", n.too_few + 1, n.enough ? std::to_string(*n.enough) : "?");
    }

    void show() {
        std::size_t functions = 0;
        for (const Entry& e : entries_) functions += e.functions.size;
        session_.print(fmt::format(
            "CENSUS of {} inputs: {} classes of {} functions, {} undecided; least number of heads, read at the end "
            "symbol{}\n",
            asked_.inputs, entries_.size(), functions, open(),
            asked_.network.activations ? fmt::format(", {} activations", *asked_.network.activations) : ""));
        show_totals();
        std::string head = fmt::format("  {:12} {:>9}", "function", "functions");
        for (std::int64_t l = 1; l <= asked_.network.layers; ++l)
            head += fmt::format("  {:>8}", fmt::format("L = {}", l));
        session_.print(head + "   seconds\n");
        record::Census record{
            asked_.inputs, asked_.network.layers, asked_.most_heads, asked_.network.activations, open(), {}};
        for (const Entry& e : entries_) {
            std::string row = fmt::format("  {:12} {:>9}", e.table, e.functions.size);
            for (const Need& n : e.needs) row += fmt::format("  {:>8}", heads(n));
            session_.print(row + fmt::format("  {:>8.2f}\n", e.seconds));
            record.classes.push_back(class_of(e));
        }
        session_.print_json(record::write(record));
    }

    void show_totals() {
        for (std::int64_t l = 1; l <= asked_.network.layers; ++l) {
            std::map<std::string, std::pair<std::size_t, std::size_t>> totals;
            for (const Entry& e : entries_) {
                auto& [classes, functions] = totals[heads(e.needs[static_cast<std::size_t>(l - 1)])];
                ++classes;
                functions += e.functions.size;
            }
            for (const auto& [least, count] : totals)
                session_.print(
                    fmt::format("  L = {}, H = {}: {} classes, {} functions\n", l, least, count.first, count.second));
        }
    }

    static record::Census::Class class_of(const Entry& e) {
        record::Census::Class entry{e.table, e.functions.size, {}, e.seconds};
        for (const Need& n : e.needs)
            entry.least.push_back({n.layers, n.enough, n.too_few > 0 ? std::optional(n.too_few) : std::nullopt,
                                   n.open.empty() ? std::nullopt : std::optional(n.open)});
        return entry;
    }

    Session& session_;
    const Census& asked_;
    const base::Limits limits_;
    std::optional<certify::Archive> archive_;
    std::vector<Entry> entries_;
    std::vector<std::string> parts_;
};

}  // namespace

void require_closed(const threshold::NetworkClass& network, const char* option) {
    if (!network.strict_orders() || network.mask != threshold::Mask::none || network.read != threshold::Reading::end)
        throw base::UsageError(
            fmt::format("{}: expected no --mask, --read last, --positions none or --key-dimension with it", option));
}

int census(Session& session, const Census& asked) { return CensusRun(session, asked).run(); }

}  // namespace attest::cli

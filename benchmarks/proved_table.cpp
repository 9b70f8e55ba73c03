#include <fmt/format.h>

#include <chrono>

#include "tables.hpp"
#include "threshold_stage.hpp"

namespace attest::benchmarks {

namespace {

using Class = threshold::NetworkClass;

Class key_dimension_one(std::int64_t layers, std::int64_t heads, std::optional<std::int64_t> activations,
                        threshold::Reading read) {
    Class c;
    c.layers = layers;
    c.heads = heads;
    c.activations = activations;
    c.read = read;
    c.key_dimension_one = true;
    return c;
}

Class position_free(std::int64_t layers, std::int64_t activations) {
    Class c;
    c.layers = layers;
    c.activations = activations;
    c.mask = threshold::Mask::strict;
    c.positions_visible = false;
    return c;
}

constexpr double patience = 60;  ///< times the limit, where a search takes minutes

class Proved {
  public:
    Proved(Table& table, const Settings& settings) : table_(table), limit_(settings.limit) {
        options_.seed = settings.seed;
    }

    /// Lengths one after another, each with so many times the limit; where one stays open, the least that a bound answers.
    void row(const std::string& language, const Class& network, double times = 1) {
        const auto begin = std::chrono::steady_clock::now();
        threshold::Specification s{network, language::Language::parse(language, std::nullopt), 1};
        Certified below, above;
        bool open = false;
        for (; s.length <= longest; ++s.length) {
            Certified next = certified_answer(s, options_, seconds_from_now(times * limit_));
            open = next.answer == verdict::Answer::undecided;
            if (next.answer == verdict::Answer::fails) above = std::move(next);
            if (open || above.answer == verdict::Answer::fails) break;
            below = std::move(next);
        }
        const std::int64_t found = s.length - 1;
        if (open)
            if (const auto bounded = threshold::least_bounded_length(s, longest, seconds_from_now(limit_))) {
                s.length = *bounded;
                above = certified_answer(s, options_, seconds_from_now(limit_));
            }
        add(language, network, found, above, above.answer == verdict::Answer::fails ? fmt::format("{}", s.length) : "?",
            below, begin);
    }

    /// What the theorem says, by the formula: in cubes.
    void row_by_formula(const std::string& language, const Class& network, std::int64_t length) {
        const auto begin = std::chrono::steady_clock::now();
        threshold::SynthesisOptions options = options_;
        options.bounds = false;
        options.cubes = 16;
        const Certified above = certified_answer({network, language::Language::parse(language, std::nullopt), length},
                                                 options, seconds_from_now(patience * limit_));
        add(language, network, length - 1, above,
            above.answer == verdict::Answer::fails ? fmt::format("{}", length) : "?", {}, begin);
    }

  private:
    static constexpr std::int64_t longest = 16;

    void add(const std::string& language, const Class& network, std::int64_t found, const Certified& above,
             const std::string& none_at, const Certified& below, std::chrono::steady_clock::time_point begin) {
        const auto shorten = [](const std::string& digest) {
            return digest.empty() ? none() : text(digest.substr(0, 12));
        };
        const bool exact = none_at == fmt::format("{}", found + 1);
        table_.add({text(language), text(threshold::describe(network)),
                    text(exact ? fmt::format("exact {}", found) : fmt::format("[{}, {}]", found, none_at)),
                    text(above.how.substr(0, above.how.find(':'))),
                    seconds(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()),
                    shorten(below.digest), shorten(above.digest)});
    }

    Table& table_;
    const double limit_;
    threshold::SynthesisOptions options_;
};

}  // namespace

Table proved_table(const Settings& settings) {
    Table table("proved",
                "classes in which both ends are within reach: a network at the first number, none at the second; all "
                "certificates checked",
                {"language", "class", "N", "none by", "seconds", "certificate below", "certificate above"});
    table.begin();
    Proved proved(table, settings);
    using threshold::Reading;
    for (const Reading read : {Reading::end, Reading::last})
        for (const std::optional<std::int64_t> activations :
             {std::optional<std::int64_t>(2), std::optional<std::int64_t>(3), std::optional<std::int64_t>()})
            proved.row("parity", key_dimension_one(2, 1, activations, read));
    proved.row_by_formula("parity", key_dimension_one(2, 1, 2, Reading::end), 5);
    proved.row("parity", key_dimension_one(2, 2, 2, Reading::end), patience);
    proved.row("parity", key_dimension_one(3, 1, 2, Reading::end), patience);
    for (const char* const language : {"majority", "mod:3,0", "palindrome"})
        for (const std::int64_t activations : {2, 3})
            proved.row(language, key_dimension_one(2, 1, activations, Reading::end));
    for (const std::int64_t layers : {1, 2, 3})
        for (const std::int64_t activations : {2, 3, 4}) proved.row("parity", position_free(layers, activations));
    table.note(fmt::format("{:.3g} s by the clock for a length, for more layers or heads and by the formula {:.3g} s",
                           settings.limit, patience * settings.limit));
    return table;
}

}  // namespace attest::benchmarks

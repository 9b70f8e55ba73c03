#pragma once

#include <catch2/catch.hpp>

#include "attest/measure/influence/study.hpp"
#include "attest/soft/evaluate.hpp"

// Influence by its definition: all words, all replacements, each difference in balls.

namespace attest::influence {

/// I(N) by its definition.
struct Definition {
    std::vector<Interval> by_position;  ///< the greatest change at each position of the word
    Interval greatest;                  ///< of all positions but the one that is read
    std::int64_t reader;  ///< in the word, from 0; outside of it where the begin or end symbol is, or all together

    bool reads_word() const { return reader >= 0 && reader < static_cast<std::int64_t>(by_position.size()); }
    const Interval& read() const { return by_position.at(static_cast<std::size_t>(reader)); }
    bool is_read(std::size_t p) const { return static_cast<std::int64_t>(p) == reader; }

    Definition(const network::Transformer& t, std::int64_t length)
        : by_position(static_cast<std::size_t>(length)),
          reader(t.readout.reading == network::Readout::Reading::one
                     ? t.readout_position(t.sequence_length(length)) - 1 - (t.begin ? 1 : 0)
                     : -1) {
        const soft::Evaluator evaluator(t, length, 128);
        language::Word word(static_cast<std::size_t>(length), 0);
        do {
            const exact::Ball before = evaluator.score(word);
            for (std::int64_t p = 0; p < length; ++p)
                for (language::Symbol to = 0; to < t.alphabet.size(); ++to)
                    look(evaluator, word, before, static_cast<std::size_t>(p), to);
        } while (next_word(word, t.alphabet));
        for (std::size_t p = 0; p < by_position.size(); ++p)
            if (!is_read(p)) take(greatest, by_position[p]);
    }

  private:
    static void take(Interval& most, Interval x) { most = {std::max(most.lo, x.lo), std::max(most.hi, x.hi)}; }
    void look(const soft::Evaluator& evaluator, const language::Word& word, const exact::Ball& before, std::size_t p,
              language::Symbol to) {
        language::Word other = word;
        other[p] = to;
        const Interval change = exact::to_interval(evaluator.score(other) - before);
        take(by_position[p], {change.mignitude(), change.magnitude()});
    }
};

inline void check_sound(const Certified& certified, const Definition& truth) {
    CHECK(certified.bound >= truth.greatest.lo);
    REQUIRE(certified.by_position.size() == truth.by_position.size());
    for (std::size_t p = 0; p < truth.by_position.size(); ++p)
        if (!truth.is_read(p)) CHECK(certified.by_position[p] >= truth.by_position[p].lo);
}

/// A witness says what its words do, and no more than the greatest change.
inline void check_witness(const network::Transformer& t, const Witness& witness, const Definition& truth) {
    const auto length = static_cast<std::int64_t>(witness.word.size());
    const soft::Evaluator evaluator(t, length, 128);
    language::Word other = witness.word;
    other[static_cast<std::size_t>(witness.position - 1)] = witness.to;
    CAPTURE(t.alphabet.spell(witness.word), witness.position, witness.to);
    const Interval change = exact::to_interval(evaluator.score(other) - evaluator.score(witness.word));
    CHECK(witness.change.lo <= change.hi);
    CHECK(witness.change.hi >= change.lo);
    CHECK(witness.change.mignitude() <=
          (truth.is_read(static_cast<std::size_t>(witness.position - 1)) ? truth.read() : truth.greatest).hi);
}

}  // namespace attest::influence

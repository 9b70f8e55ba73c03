#include "decide/ablate/probe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "attest/soft/words.hpp"
#include "decide/ablate/edges.hpp"

namespace attest::ablate {

namespace {

using language::Word;

/// So many words are looked at together: few, since few tell for most sets.
constexpr std::size_t most_columns = 16;

/// d  of the model without further blocks
std::vector<soft::TakenAway> taken_away(const Removal& removal, const std::vector<Part>& readers, std::size_t d) {
    std::vector<soft::TakenAway> parts;
    for (std::size_t k = 0; k < removal.parts.size(); ++k) {
        const Part& part = removal.parts[k];
        if (part.is_edge()) {
            const auto reader = std::find(readers.begin(), readers.end(), Part{part.to_layer, part.to_head});
            const auto block = static_cast<std::size_t>(reader - readers.begin()) + 1;
            parts.push_back({part.layer - 1, part.head - 1, false, nullptr, nullptr, d * block, d * (block + 1)});
            continue;
        }
        parts.push_back({part.layer - 1, part.head == 0 ? 0 : part.head - 1, part.head == 0,
                         removal.constants.empty() ? nullptr : &removal.constants[k],
                         removal.by_position.empty() ? nullptr : &removal.by_position[k]});
    }
    return parts;
}

}  // namespace

std::unique_ptr<Probe> Probe::make(const network::Transformer& transformer, const std::vector<Part>& parts, Task task) {
    if (transformer.kind() != network::AttentionKind::softmax || !soft::supports_words(transformer)) return nullptr;
    const bool edges = !parts.empty() && parts.front().is_edge();
    std::unique_ptr<Probe> probe(
        new Probe(transformer, edges ? readers_of(parts) : std::vector<Part>(), std::move(task)));
    return probe->scores_.can_take_away() ? std::move(probe) : nullptr;
}

Probe::Probe(const network::Transformer& transformer, std::vector<Part> readers, Task task)
    : task_(std::move(task)),
      dimension_(transformer.dimension),
      readers_(std::move(readers)),
      model_(readers_.empty() ? transformer : with_blocks(transformer, readers_)),
      scores_(model_, task_.length, most_columns),
      known_(task_.words, -1) {
    std::uint64_t together = 1;
    for (std::int64_t k = 0; k < scores_.free_symbols(); ++k) together *= transformer.alphabet.size();
    prefixes_.resize(task_.words / together);
    std::iota(prefixes_.begin(), prefixes_.end(), 0);
}

std::optional<Word> Probe::wrong_word(const Removal& removal, const base::Limits& limits) {
    scores_.take_away(taken_away(removal, readers_, dimension_));
    for (std::size_t k = 0; k < prefixes_.size(); ++k) {
        if (limits.exceeded()) return std::nullopt;
        auto word = look(prefixes_[k]);
        if (!word) continue;
        std::rotate(prefixes_.begin(), prefixes_.begin() + static_cast<std::ptrdiff_t>(k),
                    prefixes_.begin() + static_cast<std::ptrdiff_t>(k) + 1);
        return word;
    }
    return std::nullopt;
}

Word Probe::prefix_of(std::uint64_t number) const {
    const std::size_t symbols = model_.alphabet.size();
    Word word(static_cast<std::size_t>(task_.length - scores_.free_symbols()), 0);
    for (auto symbol = word.rbegin(); symbol != word.rend(); ++symbol, number /= symbols)
        *symbol = static_cast<language::Symbol>(number % symbols);
    return word;
}

decide::Outcome Probe::settle(const Removal& removal, long bits, const base::Limits& limits) {
    scores_.take_away(taken_away(removal, readers_, dimension_));
    decide::Outcome outcome;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint64_t prefix = 0; prefix < prefixes_.size(); ++prefix) {
        if (const auto limit = limits.exceeded()) {
            outcome.result = verdict::Undecided{
                verdict::reason_of(*limit), fmt::format("after {} of {} words", outcome.statistics.words, task_.words)};
            return outcome;
        }
        Word word = prefix_of(prefix);
        const std::vector<exact::Interval>& found = scores_.scores(word);
        word.resize(static_cast<std::size_t>(task_.length), 0);
        for (std::size_t k = 0; k < found.size(); ++k, language::next_word(word, model_.alphabet)) {
            const auto wanted = expected(word, prefix * found.size() + k);
            const bool accepts = found[k].lo > 0;
            if (!wanted || !(found[k].mignitude() > 0)) {
                outcome.result = verdict::Undecided{
                    verdict::Reason::imprecise,
                    fmt::format("doubles do not tell what is answered on \"{}\"", model_.alphabet.spell(word))};
                return outcome;
            }
            if (*wanted != accepts) {
                outcome.result = decide::Fails{{word, *wanted, accepts}, {}};
                return outcome;
            }
            least = std::min(least, found[k].mignitude());
            ++outcome.statistics.words;
        }
    }
    decide::Enclosure enclosure;
    enclosure.margin = exact::Rational(least);
    enclosure.bits = bits;
    outcome.result = decide::Holds{std::move(enclosure)};
    return outcome;
}

/// A wrong word among those that begin with the prefix of this number.
std::optional<Word> Probe::look(std::uint64_t prefix) {
    Word word = prefix_of(prefix);
    const std::vector<exact::Interval>& found = scores_.scores(word);
    word.resize(static_cast<std::size_t>(task_.length), 0);
    for (std::size_t k = 0; k < found.size(); ++k) {
        if (is_wrong(found[k], word, prefix * found.size() + k)) return word;
        language::next_word(word, model_.alphabet);
    }
    return std::nullopt;
}

bool Probe::is_wrong(const exact::Interval& score, const Word& word, std::uint64_t number) {
    const bool accepts = score.lo > 0, rejects = score.hi < 0;
    if (accepts || rejects) {
        const auto wanted = expected(word, number);
        if (wanted && *wanted != accepts) return true;
    }
    if (!task_.reach || !score.is_finite()) return false;
    const exact::Rational size(score.magnitude());
    return size * size <= *task_.reach;
}

std::optional<bool> Probe::expected(const Word& word, std::uint64_t number) {
    signed char& known = known_[number];
    if (known >= 0) return known == 1;
    const auto wanted = task_.expected(word);
    if (wanted) known = *wanted ? 1 : 0;
    return wanted;
}

}  // namespace attest::ablate

#include "attest/decide/equal/equal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "compile/kinds.hpp"
#include "search.hpp"
#include "texts.hpp"
#include "words.hpp"

namespace attest::equal {

namespace {

using decide::Method;

bool has_circuit(const decide::Network& network) {
    if (is_program(network)) return true;
    const auto* transformer = std::get_if<const network::Transformer*>(&network);
    return transformer != nullptr && compile::has_circuit(**transformer);
}

/// Whether some attention is average: then so many words take less time than a proof.
bool counts(const decide::Network& network) {
    const auto* transformer = std::get_if<const network::Transformer*>(&network);
    return transformer != nullptr && compile::counts(**transformer);
}

/// The circuit where both networks have one, all words where they do not, or where it does not fit.
Outcome decide_by_method(const Question& question, const decide::ProveOptions& options, const base::Limits& limits) {
    if (question.compared == Compared::texts) return compare_texts(question, options, limits);
    const bool compiles = has_circuit(question.model) && has_circuit(question.other);
    const bool by_tables = (is_program(question.model) || is_program(question.other) || counts(question.model) ||
                            counts(question.other)) &&
                           language::count_words(decide::alphabet_of(question.model),
                                                 static_cast<std::uint64_t>(question.length), few_words)
                               .has_value();
    if (options.method == Method::exhaustion || (options.method == Method::automatic && (!compiles || by_tables)))
        return compare_all_words(question, options, limits);
    if (!compiles)
        return {
            verdict::Undecided{verdict::Reason::unsupported,
                               "both have a circuit only where all attention is hard or average, or they are programs"},
            {}};
    Outcome outcome = compare_circuits(question, options, limits);
    const verdict::Undecided* why = outcome.undecided();
    const bool too_large =
        why != nullptr && (why->reason == verdict::Reason::memory || why->reason == verdict::Reason::unsupported);
    if (!too_large || options.method != Method::automatic) return outcome;
    const bool are_all = language::count_words(decide::alphabet_of(question.model),
                                               static_cast<std::uint64_t>(question.length), options.most_words)
                             .has_value();
    Outcome by_words = compare_all_words(question, options, limits);
    return !are_all && found_nothing(by_words) ? outcome : by_words;
}

std::string partner(const std::string& symbol, const std::vector<std::pair<std::string, std::string>>& map) {
    if (map.empty()) return symbol;
    for (const auto& [from, to] : map)
        if (from == symbol) return to;
    throw base::UsageError(fmt::format("--map: expected an entry for '{}', found none", base::printable(symbol)));
}

}  // namespace

std::size_t BothTexts::position() const {
    const auto [one, two] = std::mismatch(model.begin(), model.end(), other.begin(), other.end());
    return static_cast<std::size_t>(one - model.begin()) + 1;
}

language::Word read_by_other(const language::Word& word, const std::vector<language::Symbol>& letters) {
    language::Word read;
    read.reserve(word.size());
    for (const language::Symbol a : word) read.push_back(letters[a]);
    return read;
}

bool decides(const decide::Network& network) {
    if (const auto* transformer = std::get_if<const network::Transformer*>(&network))
        return (*transformer)->readout.decides();
    if (const auto* program = std::get_if<const network::Program*>(&network)) return !(*program)->output.accept.empty();
    return true;
}

verdict::Evidence Outcome::evidence() const {
    if (undecided() != nullptr) return verdict::Evidence::none;
    if (difference() != nullptr) return verdict::Evidence::witness;
    if (refutation() != nullptr) return verdict::Evidence::refutation;
    return enclosure() != nullptr ? verdict::Evidence::enclosure : verdict::Evidence::exhaustion;
}

std::vector<language::Symbol> match(const language::Alphabet& model, const language::Alphabet& other,
                                    const std::vector<std::pair<std::string, std::string>>& map) {
    std::vector<language::Symbol> letters;
    std::vector<bool> taken(other.size(), false);
    for (const std::string& symbol : model.symbols()) {
        const std::string wanted = partner(symbol, map);
        const auto found = other.find(wanted);
        if (!found || taken[*found])
            throw base::UsageError(fmt::format(
                "the second model: expected a symbol of its own for each of {}, by itself or by --map, found {}",
                base::printable(model.describe()), base::printable(other.describe())));
        taken[*found] = true;
        letters.push_back(*found);
    }
    if (letters.size() != other.size() || (!map.empty() && map.size() != model.size()))
        throw base::UsageError(fmt::format("the second model: expected the symbols {}, found {}",
                                           base::printable(model.describe()), base::printable(other.describe())));
    return letters;
}

Outcome compare(const Question& question, const decide::ProveOptions& options, const base::Limits& limits) {
    const auto start = std::chrono::steady_clock::now();
    Outcome outcome = decide_by_method(question, options, limits);
    outcome.statistics.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

}  // namespace attest::equal

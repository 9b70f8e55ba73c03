#include "checker/order_claims.hpp"

#include <algorithm>

#include "checker/claimed_model.hpp"
#include "checker/core/order_reader.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/language/no_table.hpp"
#include "checker/language/order.hpp"
#include "checker/network/order.hpp"
#include "checker/question/file_names.hpp"
#include "checker/question/words.hpp"
#include "checker/simulation/chain_order.hpp"
#include "checker/soft/certain_model.hpp"

// Claims that answers depend on how often symbols stand in a word alone, or on their shares, and not on order. The
// obligations of FORMAT.md section 32.

namespace attest::checker {
namespace {

const std::string words_place = "manifest.json: evidence.words";
const std::string answers_place = "manifest.json: evidence.answers";

/// A model file, an encoder-decoder or a language.
struct OrderSubject {
    Question question;  ///< of a model file
    std::optional<Chain> chain;
    std::optional<Language> language;
    std::vector<Symbol> alphabet;
};

bool holds_chain(const Json& json) {
    const auto format = Cursor(json, "model.json").find("format");
    return format && format->is(Json::Kind::string) && format->string() == "attest/seq2seq";
}

void read_ordered_model(Examination& at, OrderSubject& subject) {
    const ClaimedFile file = read_claimed_file(at, holds_chain, "a model file or an encoder-decoder was expected");
    if (!file.is_model) {
        subject.chain = read_chain(at.files.at("model.json"), "model.json", at.budget);
        require_claimed_name(at.manifest.claim, subject.chain->name);
        subject.alphabet = subject.chain->alphabet;
        return;
    }
    const Model& model = subject.question.model.emplace(model_of_claim(at, file.json));
    if (!model.readout.decides()) throw Defect("model.json: readout", "the model accepts and rejects nothing");
    subject.alphabet = subject.question.alphabet = model.alphabet;
}

void read_ordered_language(Examination& at, OrderSubject& subject) {
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, {});
    at.obligation = "question";
    const Claim& claim = at.manifest.claim;
    const auto file = at.files.find("language.json");
    subject.alphabet = order_of(claim).alphabet;
    subject.language =
        read_language(claim.language, subject.alphabet, 0,
                      file == at.files.end() ? std::string_view() : std::string_view(file->second), at.budget);
    require_no_table(*subject.language, "manifest.json: claim.language");
    if (subject.language->alphabet != subject.alphabet)
        throw Defect("manifest.json: claim.alphabet", "the language has another alphabet");
}

Word read_ordered_word(const std::string& text, const std::vector<Symbol>& alphabet, Budget& budget) {
    budget.memory(64 * text.size());
    budget.step(text.size(), alphabet.size());
    return read_word(text, alphabet, words_place, budget);
}

std::vector<std::uint64_t> counts_of(const Word& word, std::size_t symbols) {
    std::vector<std::uint64_t> counts(symbols);
    for (const std::size_t a : word) ++counts[a];
    return counts;
}

/// Rearrangements of each other, or proportional.
void require_alike(const Word& one, const Word& other, std::size_t symbols, bool proportions) {
    const std::vector<std::uint64_t> first = counts_of(one, symbols), second = counts_of(other, symbols);
    if (!proportions) {
        if (first != second) throw Defect(words_place, "the words are no rearrangements of each other");
        return;
    }
    if (one.empty() || other.empty()) throw Defect(words_place, "a word is empty");
    for (std::size_t a = 0; a < symbols; ++a)  // at most 2^28 each
        if (first[a] * other.size() != second[a] * one.size())
            throw Defect(words_place, "the words are not proportional");
}

/// What the model file or the language says of a word.
bool answer_on(Examination& at, OrderSubject& subject, const Word& word) {
    constexpr long first_bits = 256;
    if (subject.language) return subject.language->contains(word, at.budget);
    const Model& model = *subject.question.model;
    if (model.max_length && word.size() > *model.max_length)
        throw Defect(words_place,
                     "the model is for words of at most " + std::to_string(*model.max_length) + " symbols");
    if (word.empty() && !model.begin && !model.end) throw Defect(words_place, "an empty word has no sequence");
    CertainModel certain(subject.question, word.size(), first_bits, Rational(0), at.budget);
    certain.expect_one_word();
    return certain(word);
}

std::vector<std::size_t> chain_tokens(const Chain& chain, const Word& word) {
    if (!word.empty()) return word;
    if (!chain.blank) throw Defect(words_place, "the empty word has no token");
    return {chain.alphabet.size()};
}

/// w and w' are alike; the answers are x and x', and x != x'
void check_order_witness(Examination& at, OrderSubject& subject, bool vectors) {
    at.obligation = "question";
    if (vectors != subject.chain.has_value())
        throw Defect("manifest.json: evidence", "an encoder-decoder has a time, and nothing else has");
    at.obligation = "witness";
    const Evidence& evidence = at.manifest.evidence;
    const Word one = read_ordered_word(evidence.pair->first, subject.alphabet, at.budget);
    const Word other = read_ordered_word(evidence.pair->second, subject.alphabet, at.budget);
    require_alike(one, other, subject.alphabet.size(), order_of(at.manifest.claim).proportions);
    if (vectors) {
        if (!tells_apart(*subject.chain, chain_tokens(*subject.chain, one), chain_tokens(*subject.chain, other),
                         evidence.position, at.budget))
            throw Defect("manifest.json: evidence.time", "the vectors are the same");
        return;
    }
    if (evidence.actual_accept == evidence.expected_accept) throw Defect(answers_place, "the answers are the same");
    if (answer_on(at, subject, one) != evidence.actual_accept)
        throw Defect(answers_place, "it is otherwise on the first word");
    if (answer_on(at, subject, other) != evidence.expected_accept)
        throw Defect(answers_place, "it is otherwise on the second word");
}

void check_order_of_automaton(Examination& at, const OrderSubject& subject) {
    if (!subject.language->automaton) throw Defect("manifest.json: evidence.kind", "the language is not regular");
    at.obligation = "automaton";
    require_no_order(*subject.language->automaton, subject.alphabet, order_of(at.manifest.claim).proportions,
                     at.budget);
    at.report.evidence =
        "the minimal automaton of " + std::to_string(subject.language->automaton->states()) + " states";
}

}  // namespace

std::string order_title(const Claim& claim) {
    return std::string(claim.verified ? "" : "not ") +
           (order_of(claim).proportions ? "proportion-invariant" : "order-invariant");
}

std::string order_sentence(const Claim& claim) {
    const OrderClaim order = order_of(claim);
    std::string symbols;
    for (const Symbol& symbol : order.alphabet) symbols += (symbols.empty() ? "" : " ") + symbol;
    const std::string of = order.proportions ? "on the proportions of symbols alone" : "on the counts of symbols alone";
    if (order.of_language)
        return "membership in " + shown_language(claim.language) + " over " + quoted(symbols, 400) +
               (claim.verified ? " depends " : " does not depend ") + of;
    return "the answer of " + quoted(claim.model) + (claim.verified ? " depends " : " does not depend ") + of;
}

void check_order(Examination& at) {
    const OrderClaim order = order_of(at.manifest.claim);
    OrderSubject subject;
    if (order.of_language) read_ordered_language(at, subject);
    else read_ordered_model(at, subject);
    switch (order_evidence_of(at.manifest.evidence)) {
        case OrderEvidence::syntax:
            at.obligation = "syntax";
            if (subject.chain) require_no_order(*subject.chain, order.proportions);
            else require_no_order(*subject.question.model, order.proportions);
            at.report.evidence = "what stands in the model file";
            return;
        case OrderEvidence::automaton: return check_order_of_automaton(at, subject);
        case OrderEvidence::definition:
            if (subject.language->family != Language::Family::majority)
                throw Defect("manifest.json: evidence.kind", "only majority is so by definition");
            at.report.evidence = "the definition";
            return;
        default: break;
    }
    check_order_witness(at, subject, order_evidence_of(at.manifest.evidence) == OrderEvidence::vectors);
    at.report.evidence = "witness " + quoted(at.manifest.evidence.pair->first, 400) + " and " +
                         quoted(at.manifest.evidence.pair->second, 400);
}

}  // namespace attest::checker

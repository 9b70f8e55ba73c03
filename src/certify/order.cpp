#include "certify/order.hpp"

#include <limits>

#include "attest/base/error.hpp"
#include "base/version.hpp"
#include "manifest.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;

using order::Pair;
using verdict::Verdict;

constexpr verdict::Lengths lengths_of_order{0, std::numeric_limits<std::int64_t>::max()};
constexpr order::Invariance both_invariances[] = {order::Invariance::order, order::Invariance::proportion};

std::string kind_of(order::Invariance invariance) { return std::string(to_string(invariance)) + "-invariant"; }

/// What is the same for the two invariances of one subject.
struct OrderSubject {
    Json claim;  ///< but for kind and verdict
    std::function<void(Manifest&)> write_files;
    std::function<std::string(const language::Word&)> spell;
    const base::Limits& limits;
    Archive& archive;
};

Json order_evidence(const OrderAnswer& answer) {
    if (!answer.words) return {{"kind", answer.shown_by}};
    Json evidence = {{"kind", "witness"}, {"words", {answer.words->first, answer.words->second}}};
    if (answer.time) evidence["time"] = *answer.time;
    else evidence["answers"] = {name_of(answer.accepts), name_of(!answer.accepts)};
    return evidence;
}

void certify_order(OrderAnswer& answer, const OrderSubject& subject) {
    const bool holds = !answer.words;
    const auto write = [&](const std::string& place) {
        Json claim = {{"kind", kind_of(answer.invariance)}};
        claim.update(subject.claim);
        claim["verdict"] = holds ? "verified" : "refuted";
        Manifest manifest(place, std::move(claim), provenance_json({{{"attest", base::version()}}}), subject.limits);
        manifest.member("assumptions") = Json::array();
        subject.write_files(manifest);
        manifest.member("evidence") = order_evidence(answer);
        return manifest.finish();
    };
    answer.verdict = Notary(subject.archive, answer.part, subject.limits)
                         .certify({lengths_of_order,
                                   holds ? verdict::Answer::holds : verdict::Answer::fails,
                                   holds ? verdict::Evidence::exhaustion : verdict::Evidence::witness,
                                   write,
                                   {"syntax", "automaton", "witness"}});
}

OrderAnswer open_answer(bool of_language, order::Invariance invariance) {
    OrderAnswer answer{of_language, invariance, Verdict::undecided(lengths_of_order, {}), {}, {}, false, {}, {}, {}};
    answer.part = (of_language ? "language-" : "model-") + std::string(to_string(invariance));
    return answer;
}

void take_pair(OrderAnswer& answer, const order::PairSearch& found, const OrderSubject& subject) {
    if (const auto* why = std::get_if<verdict::Undecided>(&found)) {
        answer.verdict = Verdict::undecided(lengths_of_order, *why);
        return;
    }
    const Pair& pair = std::get<Pair>(found);
    answer.shown_by = "witness";
    answer.words = {subject.spell(pair.one), subject.spell(pair.other)};
    answer.accepts = pair.accepts;
    answer.time = pair.time;
    certify_order(answer, subject);
}

template <typename Network>
std::vector<OrderAnswer> decide_order_of(const Network& network, const OrderSubject& subject,
                                         const order::PairOptions& options) {
    std::vector<OrderAnswer> answers;
    for (const order::Invariance invariance : both_invariances) {
        const Stopwatch watch;
        OrderAnswer answer = open_answer(false, invariance);
        if (const auto obstacle = order::obstacle(network, invariance)) {
            answer.obstacle = *obstacle;
            take_pair(answer, order::find_pair(network, invariance, options, subject.limits), subject);
        } else {
            answer.shown_by = "syntax";
            certify_order(answer, subject);
        }
        watch.stop(answer.verdict);
        answers.push_back(std::move(answer));
    }
    return answers;
}

void decide_order_of_automaton(OrderAnswer& answer, const language::Dfa& automaton, const OrderSubject& subject) {
    if (auto pair = order::find_pair(automaton, answer.invariance)) return take_pair(answer, *pair, subject);
    answer.shown_by = "automaton";
    certify_order(answer, subject);
}

}  // namespace

std::vector<OrderAnswer> decide_order(const OrderedModel& model, const order::PairOptions& options,
                                      const base::Limits& limits, Archive& archive) {
    if (const auto* file = std::get_if<formats::ModelFile>(&model)) {
        const network::Transformer& t = file->transformer;
        network::require_decision(t);
        return decide_order_of(
            t,
            {Json::object({{"model", t.name}}), [&](Manifest& manifest) { write_model(manifest, *file); },
             [&](const language::Word& word) { return t.alphabet.spell(word); }, limits, archive},
            options);
    }
    const auto& file = std::get<formats::Seq2seqFile>(model);
    const auto spell = [&](const language::Word& word) {
        return language::Alphabet(file.network.alphabet).spell(word);
    };
    return decide_order_of(
        file.network,
        {Json::object({{"model", file.network.name}}),
         [&](Manifest& manifest) { manifest.write("model.json", file.bytes); }, spell, limits, archive},
        options);
}

std::vector<OrderAnswer> decide_order(const language::Language& language, const order::PairOptions& options,
                                      const base::Limits& limits, Archive& archive) {
    if (std::holds_alternative<language::Table>(language.form()))
        throw base::Unsupported("invariance: a table is a language of one length");
    const bool of_file = !language.source().empty();
    const OrderSubject subject{
        {{"language", of_file ? "dfa:language.json" : language.name()}, {"alphabet", language.alphabet().symbols()}},
        [&](Manifest& manifest) {
            if (of_file) manifest.write("language.json", language.source());
        },
        [&](const language::Word& word) { return language.alphabet().spell(word); },
        limits,
        archive};
    std::vector<OrderAnswer> answers;
    for (const order::Invariance invariance : both_invariances) {
        const Stopwatch watch;
        OrderAnswer answer = open_answer(true, invariance);
        if (const auto* regular = std::get_if<language::Regular>(&language.form())) {
            decide_order_of_automaton(answer, regular->automaton, subject);
        } else if (std::holds_alternative<language::Majority>(language.form())) {
            answer.shown_by = "definition";
            certify_order(answer, subject);
        } else {
            take_pair(answer, order::find_pair(language, invariance, options, limits), subject);
        }
        watch.stop(answer.verdict);
        answers.push_back(std::move(answer));
    }
    return answers;
}

}  // namespace attest::certify

#include "checker/claims.hpp"
#include "checker/classes/network_formula.hpp"
#include "checker/classes/softmax_counts.hpp"
#include "checker/classes/softmax_heads.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/proof.hpp"
#include "checker/question/file_names.hpp"

// Claims about all networks of a class (FORMAT.md sections 9 and 11): one row a kind of evidence.

namespace attest::checker {
namespace {

void check_witness_network(Examination& at, const ThresholdQuestion& question) {
    const bool softmax = at.manifest.claim.softmax_heads > 0;
    (softmax ? check_softmax_network : check_network)(at.manifest, question, at.files, at.budget);
    at.report.evidence = "a network, evaluated exactly on all " + std::to_string(at.manifest.evidence.words) + " words";
}

void check_by_peelings(Examination& at, const ThresholdQuestion& question) {
    const std::size_t symbols = check_peelings(at.manifest, question, at.files, at.budget);
    at.report.evidence = "blocks of the word that a head each tells: networks of up to " + std::to_string(symbols) +
                         " symbols, evaluated exactly on all words";
}

void check_by_restriction(Examination& at, const ThresholdQuestion& question) {
    const std::size_t fixed = check_restriction_bound(at.manifest, question, at.budget);
    at.report.evidence = std::to_string(fixed) +
                         " symbols can be fixed so that any network of the class is constant, "
                         "but none so that the language is";
}

void check_by_peeling(Examination& at, const ThresholdQuestion& question) {
    check_peeling_bound(at.manifest, question, at.budget);
    at.report.evidence = "more pairs of words that differ in one symbol than a network of the class can tell apart";
}

void check_by_orders(Examination& at, const ThresholdQuestion& question) {
    check_reader_orders(at.manifest, question, at.budget);
    at.report.evidence = "all orders in which the reader can prefer what positions hold, none of which takes all words";
}

void check_by_counting(Examination& at, const ThresholdQuestion& question) {
    check_counting_bound(at.manifest, question, at.budget);
    at.report.evidence = "more pairs of words that differ in one symbol than a network of the class can tell apart";
}

void check_by_restricted_counting(Examination& at, const ThresholdQuestion& question) {
    check_restricted_counting(at.manifest, question, at.budget);
    at.report.evidence = "more symbols stay free after a random restriction than any network of the class can look at";
}

void check_by_faces(Examination& at, const ThresholdQuestion& question) {
    check_faces_bound(at.manifest, question, at.budget);
    at.report.evidence = "more faces of words than a network of the class can tell apart, with weights";
}

void check_by_layers(Examination& at, const ThresholdQuestion& question) {
    check_layers_bound(at.manifest, question, at.budget);
    const auto& last = at.manifest.evidence.restricted.stages.back();
    at.report.evidence = std::to_string(last.free) + " symbols can stay free of which " +
                         std::to_string(at.manifest.claim.network_class->heads * last.width) +
                         " settle any network of the class";
}

void check_by_sum(Examination& at, const ThresholdQuestion& question) {
    check_alternating_sum(at.manifest, question, at.files, at.budget);
    at.report.evidence = "weights of the words, with signs, that add up to 0";
}

void check_by_counts(Examination& at, const ThresholdQuestion& question) {
    check_softmax_by_counts(at.manifest, question, at.files, at.budget);
    at.report.evidence =
        "a network without positions, evaluated exactly on the " + std::to_string(at.manifest.evidence.words) +
        " counts of symbols that all words have, and no difference of logits is nearer to 0 than the margin";
}

void check_by_alternation(Examination& at, const ThresholdQuestion& question) {
    check_alternation(at.manifest, question, at.files, at.budget);
    at.report.evidence = std::to_string(at.manifest.claim.softmax_heads + 2) +
                         " counts of symbols on a line, by turns in the language and not";
}

/// formula.cnf = (class, language, N, breaks) and cuts, proof: formula.cnf ⊢ ⊥
void check_class_refutation(Examination& at, const ThresholdQuestion& question) {
    const std::string& text = at.files.at("formula.cnf");
    NetworkFormula network(*at.manifest.claim.network_class, question.words, at.manifest.evidence.breaks, at.budget);
    const std::size_t without_cuts = network.formula().clauses();
    network.add_cuts(text, "formula.cnf");
    check_formula_text(network.formula(), text, "formula.cnf");
    at.obligation = "refutation";
    const std::uint64_t lines = check_lrat(network.formula(), at.files.at("proof.lrat"), "proof.lrat", at.budget);
    at.report.evidence = "LRAT refutation of " + std::to_string(lines) + " lines, with " +
                         std::to_string(network.formula().clauses() - without_cuts) + " cuts";
}

struct ClassEvidence {
    Evidence::Kind kind;
    const char* obligation;
    bool lists_words;  ///< needs all words of the length
    void (*check)(Examination& at, const ThresholdQuestion& question);
};

constexpr ClassEvidence rows[] = {
    {Evidence::Kind::network, "network", true, check_witness_network},
    {Evidence::Kind::peelings, "network", false, check_by_peelings},
    {Evidence::Kind::restriction, "bound", true, check_by_restriction},
    {Evidence::Kind::peeling, "bound", false, check_by_peeling},
    {Evidence::Kind::orders, "bound", false, check_by_orders},
    {Evidence::Kind::counting, "bound", false, check_by_counting},
    {Evidence::Kind::restricted_counting, "bound", false, check_by_restricted_counting},
    {Evidence::Kind::faces, "bound", false, check_by_faces},
    {Evidence::Kind::restricted_layers, "bound", false, check_by_layers},
    {Evidence::Kind::sum, "bound", true, check_by_sum},
    {Evidence::Kind::counted_network, "network", false, check_by_counts},
    {Evidence::Kind::alternation, "bound", false, check_by_alternation},
    {Evidence::Kind::lrat, "translation", true, check_class_refutation},
};

}  // namespace

std::string threshold_title(const Claim& claim) {
    return claim.verified ? "possible threshold" : "impossible threshold";
}

void check_threshold(Examination& at) {
    check_file_names(at.manifest, at.files, {});
    at.obligation = "question";
    const Claim& claim = at.manifest.claim;
    ThresholdQuestion question = read_threshold_question(at.manifest, at.files, at.budget);
    for (const ClassEvidence& row : rows) {
        if (row.kind != at.manifest.evidence.kind) continue;
        if (row.lists_words)
            question.words =
                network_words(question.language, claim.length, claim.network_class.value_or(NetworkClass()), at.budget);
        at.obligation = row.obligation;
        return row.check(at, question);
    }
    throw Defect("manifest.json: evidence", "no evidence of this kind says anything of a class");
}

}  // namespace attest::checker

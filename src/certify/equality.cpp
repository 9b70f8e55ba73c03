#include "attest/certify/equality.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "base/version.hpp"
#include "decide/ablate/robust.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using verdict::Verdict;
using Json = Manifest::Json;

/// What is answered once stands at the last position.
void write_texts(Json& evidence, const equal::BothTexts& texts, std::size_t length) {
    const std::size_t position = texts.position();
    evidence["position"] = texts.model.size() == 1 ? length : position;
    evidence["answers"] = {texts.model[position - 1], texts.other[position - 1]};
}

void write_evidence(Manifest& manifest, const language::Alphabet& alphabet, const equal::Outcome& outcome,
                    equal::Compared compared) {
    Json& evidence = manifest.member("evidence");
    if (const equal::Refutation* r = outcome.refutation()) {
        write_refutation(manifest, r->refutation, "miter of two models, then what must never hold");
        if (compared == equal::Compared::decisions)
            manifest.member("evidence")["other_drops"] = drops_json(r->other_drops);
    } else if (const equal::Enclosure* e = outcome.enclosure()) {
        decide::EnclosedScore score;
        score.margin = e->margin;
        evidence = {{"kind", "enclosure"},
                    {"words", outcome.statistics.words},
                    {"margin", decide::margin_text(score)},
                    {"bits", e->bits}};
        if (!e->classes.empty()) evidence["classes"] = lists_from_one(e->classes);
    } else if (const equal::Difference* d = outcome.difference()) {
        evidence = {{"kind", "witness"}, {"word", alphabet.spell(d->word)}};
        if (d->texts) write_texts(evidence, *d->texts, d->word.size());
        else evidence["answers"] = {name_of(d->model), name_of(!d->model)};
    } else {
        evidence = {{"kind", "exhaustion"}, {"words", outcome.statistics.words}};
    }
}

class Comparer {
  public:
    Comparer(const TwoSubjects& subjects, std::int64_t length, const decide::ProveOptions& options,
             const base::Limits& limits)
        : subjects_(subjects),
          options_(options),
          limits_(limits),
          question_{network_of(subjects.model), network_of(subjects.other),
                    equal::match(alphabet(subjects.model), alphabet(subjects.other), subjects.map), length,
                    subjects.compared} {}

    Equality run(Archive& archive, const std::string& part) {
        if (const auto limit = limits_.exceeded())
            return {question_.length, {}, undecided({verdict::reason_of(*limit), "not begun"}), {}};
        equal::Outcome outcome = subjects_.robust ? moved() : equal::compare(question_, options_, limits_);
        if (lacks_proof(outcome) && options_.back_end != logic::BackEnd::cadical) prove_again(outcome);
        Verdict verdict = certify(outcome, archive, part);
        return {question_.length, std::move(outcome), std::move(verdict), std::move(notes_)};
    }

  private:
    static const language::Alphabet& alphabet(const NetworkFile& file) { return decide::alphabet_of(network_of(file)); }

    Verdict undecided(verdict::Undecided why) const {
        return Verdict::undecided(verdict::Lengths::one(question_.length), std::move(why));
    }

    /// Whether the first keeps to the answers of the other wherever its vector moves.
    equal::Outcome moved() const {
        decide::Answerer other(question_.other, question_.length, decide::Order::lexicographic);
        const auto expected = [&](const language::Word& word) {
            return other.answer(equal::read_by_other(word, question_.letters), limits_).accepts;
        };
        const decide::Outcome found =
            ablate::answers_robustly(*std::get<const network::Transformer*>(question_.model), question_.length,
                                     expected, *subjects_.robust, options_, limits_);
        if (const decide::Counterexample* wrong = found.counterexample())
            return {equal::Difference{wrong->word, wrong->actual}, found.statistics};
        if (const verdict::Undecided* why = found.undecided()) return {*why, found.statistics};
        if (const decide::Enclosure* e = found.enclosure())
            return {equal::Holds{equal::Enclosure{e->margin, e->bits, {}}}, found.statistics};
        return {equal::Holds{decide::Exhaustion{}}, found.statistics};
    }

    static bool lacks_proof(const equal::Outcome& outcome) {
        return outcome.refutation() != nullptr && outcome.refutation()->refutation.proof.empty();
    }

    /// The solver that was asked for writes no proofs: its "no" is only a word. CaDiCaL makes the proof, and says so.
    void prove_again(equal::Outcome& outcome) {
        const std::string solver = outcome.refutation()->refutation.solver;
        notes_.push_back(fmt::format("{} finds no difference at length {} but writes no proof; cadical makes the proof",
                                     solver, question_.length));
        decide::ProveOptions with_proof = options_;
        with_proof.back_end = logic::BackEnd::cadical;
        equal::Outcome second = equal::compare(question_, with_proof, limits_);
        if (second.difference() != nullptr)
            throw base::InternalError(
                fmt::format("{} and cadical disagree at length {}: please report this", solver, question_.length));
        if (second.holds() != nullptr) outcome = std::move(second);
    }

    Verdict certify(const equal::Outcome& outcome, Archive& archive, const std::string& part) const {
        if (const verdict::Undecided* why = outcome.undecided()) return undecided(*why);
        if (lacks_proof(outcome))
            return undecided({verdict::Reason::unchecked, outcome.refutation()->refutation.no_proof});
        if (options_.progress) options_.progress("checking the certificate");
        const bool soft = decide::is_soft(question_.model) || decide::is_soft(question_.other);
        return Notary(archive, part, limits_)
            .certify({verdict::Lengths::one(question_.length),
                      outcome.holds() != nullptr ? verdict::Answer::holds : verdict::Answer::fails, outcome.evidence(),
                      [&](const std::string& place) {
                          return write_equality(place, subjects_, question_.length, outcome, provenance(outcome),
                                                limits_);
                      },
                      soft ? std::vector<std::string>() : std::vector<std::string>{"witness"}});
    }

    Provenance provenance(const equal::Outcome& outcome) const {
        Provenance provenance{{{"attest", base::version()}, {"seed", std::to_string(options_.seed)}}};
        if (const auto* r = outcome.refutation()) provenance.entries.emplace_back("solver", r->refutation.solver);
        return provenance;
    }

    const TwoSubjects& subjects_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    equal::Question question_;
    std::vector<std::string> notes_;
};

}  // namespace

decide::Network network_of(const NetworkFile& file) {
    if (const auto* model = std::get_if<formats::ModelFile>(&file)) return &model->transformer;
    if (const auto* program = std::get_if<formats::ProgramFile>(&file)) return &program->program;
    return &std::get<formats::GuhatFile>(file).guhat;
}

const std::string& name_of(const NetworkFile& file) {
    return std::visit([](const auto* network) -> const std::string& { return network->name; }, network_of(file));
}

std::string write_equality(const std::string& directory, const TwoSubjects& subjects, std::int64_t length,
                           const equal::Outcome& outcome, const Provenance& provenance, const base::Limits& limits) {
    Json claim = {{"kind", subjects.compared == equal::Compared::texts ? "alike" : "equal"},
                  {"model", name_of(subjects.model)},
                  {"other", name_of(subjects.other)},
                  {"length", length},
                  {"verdict", outcome.holds() != nullptr ? "verified" : "refuted"}};
    if (!subjects.map.empty()) claim["map"] = map_json(subjects.map);
    add_removal(claim, subjects.without, outcome.holds() != nullptr);
    if (subjects.robust) claim["robust"] = exact::to_string(*subjects.robust);
    Manifest manifest(directory, std::move(claim), provenance_json(provenance), limits);
    std::visit([&](const auto& file) { write_model(manifest, file); }, subjects.model);
    std::visit([&](const auto& file) { write_model(manifest, file, "other.json", "other-"); }, subjects.other);
    write_evidence(manifest, decide::alphabet_of(network_of(subjects.model)), outcome, subjects.compared);
    return manifest.finish();
}

Equality compare(const TwoSubjects& subjects, std::int64_t length, const decide::ProveOptions& options,
                 const base::Limits& limits, Archive& archive, const std::string& part) {
    const Stopwatch watch;
    Equality equality = Comparer(subjects, length, options, limits).run(archive, part);
    watch.stop(equality.verdict);
    return equality;
}

std::vector<Equality> compare(const TwoSubjects& subjects, const std::vector<std::int64_t>& lengths,
                              const decide::ProveOptions& options, const base::Limits& limits, Archive& archive) {
    std::vector<Equality> all;
    for (const std::int64_t length : lengths)
        all.push_back(
            compare(subjects, length, options, limits, archive, lengths.size() == 1 ? "" : part_of_length(length)));
    return all;
}

}  // namespace attest::certify

#include "attest/certify/recognition.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "base/version.hpp"
#include "certificate_at_length.hpp"
#include "decide/ablate/robust.hpp"
#include "decide/induction/one_length.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

/// Pairs of states that words are led to one by one before a circuit is made.
constexpr std::uint64_t most_pairs = std::uint64_t{1} << 19;

using decide::Outcome;
using decide::ProveOptions;
using verdict::Verdict;

certify::Provenance provenance(const Outcome& outcome, const ProveOptions& options) {
    certify::Provenance p{{{"attest", base::version()}, {"seed", std::to_string(options.seed)}}};
    if (const decide::Refutation* r = outcome.refutation()) p.entries.emplace_back("solver", r->solver);
    return p;
}

Vacuous vacuity(const language::Language& language, const language::Alphabet& alphabet, std::int64_t length,
                const base::Limits& limits) {
    constexpr std::int64_t longest = 2000;  // counting beyond is not worth a note
    if (length > longest || limits.exceeded()) return Vacuous::no;
    const mpz_class members = language.count(static_cast<std::uint64_t>(length));
    if (members == 0) return Vacuous::no_word;
    mpz_class words;
    mpz_ui_pow_ui(words.get_mpz_t(), alphabet.size(), static_cast<unsigned long>(length));
    return members == words && alphabet == language.alphabet() ? Vacuous::every_word : Vacuous::no;
}

/// A finding of the outcome; it must be decided.
Finding finding(const Outcome& outcome, std::int64_t length, std::function<std::string(const Place&)> write) {
    return {verdict::Lengths::one(length),
            outcome.holds() ? verdict::Answer::holds : verdict::Answer::fails,
            outcome.evidence(),
            std::move(write),
            {"witness"}};
}

class Recogniser {
  public:
    Recogniser(const certify::Subject& subject, std::int64_t length, const ProveOptions& options,
               const base::Limits& limits)
        : subject_(subject),
          options_(with_planes(options, subject)),
          limits_(limits),
          question_{subject.model.transformer, subject.language,
                    relate(subject.model.transformer.alphabet, subject.language.alphabet(), subject.map), length} {}

    Recognition run(Archive& archive, const std::string& part) {
        if (const auto limit = limits_.exceeded())
            return {question_.length, {}, undecided({verdict::reason_of(*limit), "not begun"}), Vacuous::no, {}};
        Outcome outcome = decide::prove(question_, options_, limits_);
        if (lacks_proof(outcome) && options_.back_end != logic::BackEnd::cadical) prove_again(outcome);
        Verdict verdict = certify(outcome, archive, part);
        const Vacuous vacuous = verdict.is_undecided() ? Vacuous::no
                                                       : vacuity(subject_.language, subject_.model.transformer.alphabet,
                                                                 question_.length, limits_);
        return {question_.length, std::move(outcome), std::move(verdict), vacuous, std::move(notes_)};
    }

  private:
    Verdict undecided(verdict::Undecided why) const {
        return Verdict::undecided(verdict::Lengths::one(question_.length), std::move(why));
    }

    static ProveOptions with_planes(ProveOptions options, const certify::Subject& subject) {
        options.planes = subject.without.empty() && !subject.robust;
        return options;
    }

    static bool lacks_proof(const Outcome& outcome) {
        return outcome.refutation() != nullptr && outcome.refutation()->proof.empty();
    }

    /// The solver that was asked for writes no proofs: its "no" is only a word. CaDiCaL makes the proof, and says so.
    void prove_again(Outcome& outcome) {
        const std::string solver = outcome.refutation()->solver;
        notes_.push_back(
            fmt::format("{} finds no counterexample at length {} but writes no proof; cadical makes the proof", solver,
                        question_.length));
        ProveOptions with_proof = options_;
        with_proof.back_end = logic::BackEnd::cadical;
        Outcome second = decide::prove(question_, with_proof, limits_);
        if (second.fails())
            throw base::InternalError(
                fmt::format("{} and cadical disagree at length {}: please report this", solver, question_.length));
        if (second.holds()) outcome = std::move(second);
    }

    Verdict certify(const Outcome& outcome, Archive& archive, const std::string& part) const {
        if (const verdict::Undecided* why = outcome.undecided()) return undecided(*why);
        if (lacks_proof(outcome)) return undecided({verdict::Reason::unchecked, outcome.refutation()->no_proof});
        if (options_.progress) options_.progress("checking the certificate");
        Finding found = finding(outcome, question_.length, [&](const Place& place) {
            return certify::write_certificate(place, subject_, question_, outcome, provenance(outcome, options_),
                                              limits_);
        });
        // Scores of softmax models are enclosed, and the checker may find fewer of them certain.
        if (decide::is_soft(&subject_.model.transformer)) found.certain.clear();
        return Notary(archive, part, limits_).certify(found);
    }

    const certify::Subject& subject_;
    const ProveOptions options_;
    const base::Limits& limits_;
    decide::Question question_;
    std::vector<std::string> notes_;
};

/// The verdict on an outcome that is decided, or not.
Verdict certify_words(const Outcome& outcome, std::int64_t length, std::function<std::string(const Place&)> write,
                      const base::Limits& limits, Archive& archive, const std::string& part) {
    return outcome.undecided() != nullptr
               ? Verdict::undecided(verdict::Lengths::one(length), *outcome.undecided())
               : Notary(archive, part, limits).certify(finding(outcome, length, std::move(write)));
}

Recognition recognition_by_words(const language::Language& language, const language::Alphabet& alphabet,
                                 std::int64_t length, Outcome outcome, Verdict verdict, const Stopwatch& watch,
                                 const base::Limits& limits) {
    const Vacuous vacuous = verdict.is_undecided() ? Vacuous::no : vacuity(language, alphabet, length, limits);
    watch.stop(verdict);
    return {length, std::move(outcome), std::move(verdict), vacuous, {}};
}

}  // namespace

const char* to_string(Vacuous vacuous) {
    switch (vacuous) {
        case Vacuous::no: return "";
        case Vacuous::no_word: return "no word";
        case Vacuous::every_word: return "every word";
    }
    return "";
}

std::string part_of_length(std::int64_t length) { return fmt::format("length-{}", length); }

Recognition recognise(const certify::Subject& subject, std::int64_t length, const ProveOptions& options,
                      const base::Limits& limits, Archive& archive, const std::string& part) {
    const Stopwatch watch;
    Recognition recognition = Recogniser(subject, length, options, limits).run(archive, part);
    watch.stop(recognition.verdict);
    return recognition;
}

Recognition recognise_by_machine(const certify::Subject& subject, std::int64_t length, const ProveOptions& options,
                                 const base::Limits& limits, Archive& archive, const std::string& part) {
    const Stopwatch watch;
    const network::Transformer& t = subject.model.transformer;
    const auto otherwise = [&] { return recognise(subject, length, options, limits, archive, part); };
    const bool few =
        language::count_words(t.alphabet, static_cast<std::uint64_t>(length), options.most_words).has_value();
    if (few || options.method != decide::Method::automatic || t.kind() != network::AttentionKind::hard ||
        subject.robust || !subject.without.empty())
        return otherwise();
    if (options.progress) options.progress("reading words by a machine");
    const decide::Question question{t, subject.language, relate(t.alphabet, subject.language.alphabet(), subject.map),
                                    length};
    const induction::OneLength found = induction::prove_at_length(question, most_pairs, limits);
    if (!found) return otherwise();
    const auto* closure = std::get_if<induction::Closure>(&*found);
    Outcome outcome;
    if (closure != nullptr) outcome.result = decide::Holds{decide::Exhaustion{}};
    else outcome.result = decide::Fails{std::get<decide::Counterexample>(*found), {}};
    Finding finding = certify::finding(outcome, length, [&](const Place& place) {
        return closure != nullptr
                   ? write_closure_at_length(place, subject, length, *closure, provenance(outcome, options), limits)
                   : certify::write_certificate(place, subject, question, outcome, provenance(outcome, options),
                                                limits);
    });
    if (options.progress) options.progress("checking the certificate");
    Verdict verdict = Notary(archive, part, limits).certify(finding);
    const Vacuous vacuous =
        verdict.is_undecided() ? Vacuous::no : vacuity(subject.language, t.alphabet, length, limits);
    watch.stop(verdict);
    return {length,
            std::move(outcome),
            std::move(verdict),
            vacuous,
            {},
            closure != nullptr ? std::optional(*closure) : std::nullopt};
}

Recognition recognise_robustly(const certify::Subject& subject, std::int64_t length, const ProveOptions& options,
                               const base::Limits& limits, Archive& archive, const std::string& part) {
    const Stopwatch watch;
    const network::Transformer& t = subject.model.transformer;
    const decide::Question question{t, subject.language, relate(t.alphabet, subject.language.alphabet(), subject.map),
                                    length};
    Outcome outcome = ablate::recognises_robustly(question, *subject.robust, options, limits);
    const auto write = [&](const Place& place) {
        return certify::write_certificate(place, subject, question, outcome, provenance(outcome, options), limits);
    };
    Finding found = finding(outcome, length, write);
    if (outcome.fails()) found.certain.push_back("robust");
    Verdict verdict = outcome.undecided() ? Verdict::undecided(verdict::Lengths::one(length), *outcome.undecided())
                                          : Notary(archive, part, limits).certify(found);
    watch.stop(verdict);
    return {length, std::move(outcome), std::move(verdict), Vacuous::no, {}};
}

Recognition recognise(const certify::GuhatSubject& subject, const ProveOptions& options, const base::Limits& limits,
                      Archive& archive, const std::string& part) {
    const Stopwatch watch;
    const network::Guhat& tables = subject.tables.guhat;
    Outcome outcome = decide::prove(
        {tables, subject.language, relate(tables.alphabet, subject.language.alphabet(), subject.map)}, options, limits);
    const auto write = [&](const Place& place) {
        return certify::write_certificate(place, subject, outcome, provenance(outcome, options), limits);
    };
    Verdict verdict = certify_words(outcome, tables.length, write, limits, archive, part);
    return recognition_by_words(subject.language, tables.alphabet, tables.length, std::move(outcome),
                                std::move(verdict), watch, limits);
}

Recognition recognise(const certify::ProgramSubject& subject, std::int64_t length, const ProveOptions& options,
                      const base::Limits& limits, Archive& archive, const std::string& part) {
    const Stopwatch watch;
    const network::Program& program = subject.program.program;
    Outcome outcome = decide::prove(
        decide::ProgramQuestion{program, subject.language,
                                relate(program.alphabet, subject.language.alphabet(), subject.map), length},
        options, limits);
    const auto write = [&](const Place& place) {
        return certify::write_certificate(place, subject, length, outcome, provenance(outcome, options), limits);
    };
    const bool unproved = outcome.refutation() != nullptr && outcome.refutation()->proof.empty();
    Verdict verdict = unproved ? Verdict::undecided(verdict::Lengths::one(length),
                                                    {verdict::Reason::unchecked, outcome.refutation()->no_proof})
                               : certify_words(outcome, length, write, limits, archive, part);
    return recognition_by_words(subject.language, program.alphabet, length, std::move(outcome), std::move(verdict),
                                watch, limits);
}

}  // namespace attest::certify

#include "prove_every_length.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "decide/counting/averages.hpp"
#include "decide/counting/comparisons.hpp"
#include "every_length.hpp"
#include "explain.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "load_counting.hpp"
#include "load_for_all_lengths.hpp"
#include "load_straight.hpp"
#include "method.hpp"
#include "program_text.hpp"
#include "prove_progress.hpp"
#include "record/prove.hpp"

namespace attest::cli {

namespace {

induction::Way way_of(decide::Method method) {
    switch (method) {
        case decide::Method::circuit: return induction::Way::invariant;
        case decide::Method::exhaustion: return induction::Way::closure;
        case decide::Method::automatic:
        case decide::Method::planes: break;
    }
    return induction::Way::automatic;
}

int status_of(const verdict::Verdict& verdict) {
    return verdict.holds() ? success : verdict.fails() ? refuted : undecided;
}

/// The program of counts that a model becomes, or why it becomes none.
counting::Comparisons by_counts(const network::Transformer& t, const base::Limits& limits) {
    if (!counting::not_by_counts(t)) return {counting::text_of_averages(t)};
    return counting::text_of_comparisons(t, limits);
}

/// Of a model of average attention that is refused it is said as well why its answer is not told by counts.
template <typename Recognise>
certify::EveryLength or_say_why_no_counts(const network::Transformer& t, const counting::Comparisons& counts,
                                          const Recognise& recognise) {
    if (t.kind() != network::AttentionKind::average) return recognise();
    try {
        return recognise();
    } catch (const base::Unsupported& why) {
        throw base::Unsupported(fmt::format("{}; and it becomes no program of counts: {}", why.what(), counts.why_not));
    }
}

}  // namespace

int ProveEveryLength::run(Session& session) const {
    if (is_counting(model)) return of_counts(session);
    if (language_of_text(model) == "brasp" && invariant.empty()) {
        const certify::StraightSubject subject = load_straight(model, language, map);
        if (is_large(subject.program)) return of_straight_program(session, subject);
    }
    // Texts of other programs are compiled: what is proved at all lengths is proved of networks.
    return of_network(session, load_for_all_lengths(model, eps));
}

int ProveEveryLength::of_network(Session& session, const formats::ModelFile& file) const {
    const network::Transformer& t = file.transformer;
    const ProveAsked asked{t.name, t.alphabet, language, map};
    const Meaning meaning = load_language(language, t.alphabet, map);
    note_reading(session, language);
    const counting::Comparisons counts = by_counts(t, session.limits());
    const std::int64_t least = counts.has_empty_word ? induction::least_length(t) : 1;
    const std::int64_t from = *parse_every_length(lengths, least);
    if (from < least && counts.text)
        throw base::UsageError("--length: expected 1.. or all, since the model has no empty word, found 0..");
    if (counts.text) return of_averages(session, file, *counts.text, asked, meaning.language, from);
    say_when_ended(session, asked, from);
    certify::Archive archive(directory);
    std::optional<induction::Proposal> proposal;
    if (!invariant.empty()) proposal = {base::read_file(invariant), invariant};
    const auto recognise = [&] {
        return certify::recognise_at_every_length(
            {file, meaning.language, map}, from, session.limits(), archive,
            [&](const std::string& what) { session.progress(what); }, way_of(parse_method(method)),
            proposal ? &*proposal : nullptr);
    };
    const certify::EveryLength result = or_say_why_no_counts(t, counts, recognise);
    return finish(session, asked, archive, result, [&] { explain(session, t, *result.outcome.counterexample()); });
}

int ProveEveryLength::of_straight_program(Session& session, const certify::StraightSubject& subject) const {
    if (parse_method(method) == decide::Method::exhaustion)
        throw base::UsageError("--method: expected automatic or circuit for a program of this size, found exhaustion");
    note_reading(session, language);
    const language::Alphabet alphabet(subject.program.alphabet);
    const ProveAsked asked{subject.name, alphabet, language, subject.map};
    const std::int64_t from = *parse_every_length(lengths, 0);
    say_when_ended(session, asked, from);
    certify::Archive archive(directory);
    const certify::EveryLength result = certify::recognise_at_every_length(
        subject, from, session.limits(), archive, [&](const std::string& what) { session.progress(what); });
    return finish(session, asked, archive, result, [] {});
}

int ProveEveryLength::of_averages(Session& session, const formats::ModelFile& file, const std::string& text,
                                  const ProveAsked& asked, const language::Language& meaning, std::int64_t from) const {
    const network::Transformer& t = file.transformer;
    if (from == 0 && t.kind() == network::AttentionKind::softmax)
        throw base::Unsupported("all lengths of a softmax model are proved without the empty word: --length 1..");
    return ask_of_counts(session, certify::counted_model(file, text, meaning, map, from), asked, &t);
}

int ProveEveryLength::of_counts(Session& session) const {
    if (*parse_every_length(lengths, 1) == 0)
        throw base::UsageError("--length: expected 1.. or all, since C-RASP reads the last symbol, found 0..");
    const certify::CountingSubject subject = load_counting(model, language, map);
    note_reading(session, language);
    const language::Alphabet alphabet(subject.program.alphabet);
    return ask_of_counts(session, subject, {subject.name, alphabet, language, subject.map}, nullptr);
}

int ProveEveryLength::ask_of_counts(Session& session, const certify::CountingSubject& subject, const ProveAsked& asked,
                                    const network::Transformer* network) const {
    if (parse_method(method) != decide::Method::automatic)
        throw base::UsageError("--method: expected automatic for all lengths, found " + method);
    say_when_ended(session, asked, subject.from);
    certify::Archive archive(directory);
    const certify::CountingResult result = certify::recognise_by_counting(
        subject, session.limits(), archive, [&](const std::string& what) { session.progress(what); });
    finish_certificate(session, archive, {""});
    session.print(counting_headline(asked, result));
    print_certificate(session, result.verdict);
    if (network != nullptr && result.verdict.fails() && network->kind() != network::AttentionKind::softmax)
        explain(session, *network, *result.outcome.counterexample());
    session.print_json(record::write(record::prove(asked.model, asked.alphabet, asked.language, asked.map, result)));
    return status_of(result.verdict);
}

int ProveEveryLength::finish(Session& session, const ProveAsked& asked, certify::Archive& archive,
                             const certify::EveryLength& result, const std::function<void()>& explain) const {
    finish_certificate(session, archive, {""});
    session.print(every_length_headline(asked, result));
    print_certificate(session, result.verdict);
    if (result.verdict.fails()) explain();
    session.print_json(record::write(record::prove(asked.model, asked.alphabet, asked.language, asked.map, result)));
    return status_of(result.verdict);
}

void ProveEveryLength::print_certificate(Session& session, const verdict::Verdict& verdict) const {
    if (verdict.kept()) session.print(fmt::format("  certificate {} (manifest {})\n", *directory, verdict.digest()));
}

}  // namespace attest::cli

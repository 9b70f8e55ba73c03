#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "attest/base/error.hpp"
#include "attest/base/quote.hpp"
#include "attest/base/file.hpp"
#include "attest/base/text.hpp"
#include "attest/base/version.hpp"
#include "attest/certificate/certificate.hpp"
#include "attest/query/prove.hpp"
#include "checker/checker.hpp"
#include "command.hpp"
#include "explain.hpp"
#include "language_notes.hpp"
#include "lengths.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

/// What became of one length, certificate and check included.
struct Result {
    std::int64_t length = 0;
    query::Outcome outcome;
    std::string certificate;  ///< digest of the manifest; empty if none was kept
    double check_seconds = 0;
    std::string vacuous;      ///< `no word` or `every word` of this length is in the language; else empty
};

/// What was asked about, as far as results speak of it.
struct Asked {
    std::string name;
    const language::Alphabet& alphabet;
    std::function<void(Session&, const Result&)> explain;  ///< replays the counterexample, with what each head did on it
};

const char* word_for(bool accepts) { return accepts ? "accept" : "reject"; }

class Prove : public Command {
  public:
    std::string name() const override { return "prove"; }
    std::string summary() const override { return "Does the model recognise the language at a length: proof or counterexample"; }
    std::vector<std::string> examples() const override {
        return {"attest prove zoo:palindrome --language palindrome --length 64 --certificate out/c1",
                "attest prove model.json --language parity --length 1..12",
                "attest prove model.json --language dyck:1 --map a=(,b=) --length 10 --json"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, or zoo:NAME")->required();
        app.add_option("--language", language_, "The language; attest languages lists them")->required()->type_name("L");
        app.add_option("--length", lengths_, "N, A..B, A..B*F or a list with commas")->required()->type_name("N");
        app.add_option("--map", map_, "What each model symbol means, e.g. a=0,b=1")->type_name("PAIRS");
        app.add_option("--method", method_, "automatic (default), circuit or exhaustion")->type_name("HOW");
        declare_eps(app, eps_);
        certificate_ = app.add_option("--certificate", directory_, "Keep the certificate in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        const auto subject = load_model_or_guhat(model_, eps_);
        if (const auto* tables = std::get_if<model::GuhatFile>(&subject)) return run_tables(session, *tables);
        const auto& file = std::get<model::ModelFile>(subject);
        const model::Transformer& t = file.transformer;
        const Map map = parse_map(map_);
        const Meaning meaning = load_language(language_, t.alphabet, map);
        note_reading(session, language_);
        const std::vector<std::int64_t> lengths = parse_lengths(lengths_, "--length");
        for (const std::int64_t n : lengths) check_length(t, meaning.language, n);
        const query::ProveOptions options = prove_options(session);

        std::optional<base::DirectoryInProgress> kept;
        if (certificate_->count() > 0) kept.emplace(directory_, "manifest.json", "attest/certificate");
        const certificate::Subject certified{file, meaning.language, map};
        const base::Limits limits = session.limits();
        std::vector<Result> results = decide_all(session, certified, meaning, lengths, options, limits, kept ? kept->path() : "");
        if (kept) keep(session, *kept, results, lengths.size() > 1);
        const Asked asked{t.name, t.alphabet, [&](Session& to, const Result& r) { explain_for(to, t, r.outcome); }};
        return finish(session, asked, meaning.language, limits, std::move(results));
    }

  private:
    static void explain_for(Session& session, const model::Transformer& t, const query::Outcome& outcome) {
        if (outcome.enclosure) explain(session, t, *outcome.counterexample, *outcome.enclosure);
        else explain(session, t, *outcome.counterexample);
    }

    /// Tables have one length and need no solver.
    int run_tables(Session& session, const model::GuhatFile& file) const {
        const model::Guhat& tables = file.guhat;
        const Map map = parse_map(map_);
        const Meaning meaning = load_language(language_, tables.alphabet, map);
        note_reading(session, language_);
        for (const std::int64_t n : parse_lengths(lengths_, "--length")) require_length(tables, model_, n);
        if (!meaning.language.defined_at(static_cast<std::uint64_t>(tables.length)))
            throw base::UsageError(fmt::format("--length: expected a length at which {} is defined, found {}", meaning.language.name(), tables.length));
        const query::ProveOptions options = prove_options(session);
        std::optional<base::DirectoryInProgress> kept;
        if (certificate_->count() > 0) kept.emplace(directory_, "manifest.json", "attest/certificate");
        const base::Limits limits = session.limits();
        std::vector<Result> results{{tables.length, query::prove({tables, meaning.language, meaning.symbols}, options, limits), {}, 0, {}}};
        query::Outcome& outcome = results.front().outcome;
        if (outcome.answer != verdict::Answer::undecided)
            certify(results.front(), kept ? kept->path() : "", [&](const std::string& place) {
                return certificate::write_certificate(place, {file, meaning.language, map}, outcome, provenance(outcome, options));
            });
        if (kept) keep(session, *kept, results, false);
        const Asked asked{tables.name, tables.alphabet, [&](Session& to, const Result& r) { explain(to, tables, *r.outcome.counterexample); }};
        return finish(session, asked, meaning.language, limits, std::move(results));
    }

    query::ProveOptions prove_options(const Session& session) const {
        query::ProveOptions options;
        options.method = parse_method();
        options.back_end = solve::parse_back_end(session.options.solver);
        options.seed = session.options.seed;
        return options;
    }

    int finish(Session& session, const Asked& asked, const language::Language& language, const base::Limits& limits, std::vector<Result> results) const {
        find_vacuity(language, asked.alphabet, limits, results);
        note_vacuity(session, language, results);
        show(session, asked, results);
        return status(results);
    }

    static void check_length(const model::Transformer& t, const language::Language& language, std::int64_t n) {
        if (!language.defined_at(static_cast<std::uint64_t>(n)))
            throw base::UsageError(fmt::format("--length: expected a length at which {} is defined, found {}", language.name(), n));
        (void)t.readout_position(t.sequence_length(n));
    }

    query::Method parse_method() const {
        if (method_ == "automatic") return query::Method::automatic;
        if (method_ == "circuit") return query::Method::circuit;
        if (method_ == "exhaustion") return query::Method::exhaustion;
        throw base::UsageError(fmt::format("--method: expected automatic, circuit or exhaustion, found '{}'", base::printable(method_)));
    }

    /// Each length on its own, some at a time; those that an interruption leaves undone say so.
    std::vector<Result> decide_all(Session& session, const certificate::Subject& subject, const Meaning& meaning,
                                   const std::vector<std::int64_t>& lengths, const query::ProveOptions& options, const base::Limits& limits,
                                   const std::string& directory) const {
        std::vector<Result> results(lengths.size());
        std::atomic<std::size_t> next{0}, done{0};
        std::mutex mutex;
        std::exception_ptr failure;
        const auto work = [&] {
            for (std::size_t k; (k = next++) < lengths.size();) {
                try {
                    query::ProveOptions mine = options;
                    mine.progress = [&](const std::string& what) {
                        const std::lock_guard lock(mutex);
                        session.progress(fmt::format("[{}/{}] length {}: {}", done.load(), lengths.size(), lengths[k], what));
                    };
                    const std::string part = directory.empty() || lengths.size() == 1 ? directory : fmt::format("{}/length-{}", directory, lengths[k]);
                    results[k] = decide(session, subject, {subject.model.transformer, meaning.language, meaning.symbols, lengths[k]}, mine, limits, part);
                    ++done;
                } catch (...) {
                    const std::lock_guard lock(mutex);
                    if (!failure) failure = std::current_exception();
                    next = lengths.size();
                }
            }
        };
        std::vector<std::thread> workers;
        for (unsigned k = 1; k < std::min<std::size_t>(session.options.threads, lengths.size()); ++k) workers.emplace_back(work);
        work();
        for (std::thread& worker : workers) worker.join();
        if (failure) std::rethrow_exception(failure);
        return results;
    }

    /// Decides; what was decided is certified, and only then a solver's "no" counts.
    static Result decide(Session& session, const certificate::Subject& subject, const query::Question& question,
                         const query::ProveOptions& options, const base::Limits& limits, const std::string& directory) {
        Result result;
        result.length = question.length;
        if (const auto limit = limits.exceeded()) {
            result.outcome.why = {verdict::reason_of(*limit), "not begun"};
            return result;
        }
        result.outcome = query::prove(question, options, limits);
        query::Outcome& outcome = result.outcome;
        if (outcome.answer == verdict::Answer::undecided) return result;
        if (outcome.refutation && outcome.refutation->proof.empty() && options.back_end != solve::BackEnd::cadical)
            prove_again(session, question, options, limits, outcome);
        if (outcome.refutation && outcome.refutation->proof.empty()) {
            unchecked(outcome, outcome.refutation->no_proof);
            return result;
        }
        if (options.progress) options.progress("checking the certificate");
        certify(result, directory, [&](const std::string& place) {
            return certificate::write_certificate(place, subject, question, outcome, provenance(outcome, options));
        });
        return result;
    }

    /// Writes the certificate into the directory, or to a place of its own if there is none, and has the checker read it
    /// back.
    static void certify(Result& result, const std::string& directory, const std::function<std::string(const std::string&)>& write) {
        query::Outcome& outcome = result.outcome;
        std::optional<base::DirectoryInProgress> scratch;
        if (directory.empty()) scratch.emplace();
        else make_directory(directory);
        const std::string place = scratch ? scratch->path() : directory;
        const std::string digest = write(place);
        const checker::Report report = checker::check(place);
        result.check_seconds = report.seconds;
        if (report.accepted) {
            if (outcome.evidence == verdict::Evidence::unchecked) outcome.evidence = verdict::Evidence::refutation;
            if (!scratch) result.certificate = digest;
        } else if (report.obligation == "witness") {
            throw base::InternalError(fmt::format("the checker refuses the counterexample: {} at {}: {}", report.obligation, report.place, report.reason));
        } else {
            outcome.counterexample.reset();
            unchecked(outcome, fmt::format("the checker refuses the certificate: {} at {}: {}", report.obligation, report.place, report.reason));
        }
    }

    static void make_directory(const std::string& directory) {
        std::error_code error;
        std::filesystem::create_directories(directory, error);
        if (error) throw base::InputError(directory, "cannot write: " + error.message());
    }

    /// The solver that was asked for writes no proofs: its "no" is only a word. CaDiCaL makes the proof, and says so.
    static void prove_again(Session& session, const query::Question& question, const query::ProveOptions& options, const base::Limits& limits,
                            query::Outcome& outcome) {
        session.note(fmt::format("{} finds no counterexample at length {} but writes no proof; cadical makes the proof", outcome.refutation->solver, question.length));
        query::ProveOptions with_proof = options;
        with_proof.back_end = solve::BackEnd::cadical;
        query::Outcome second = query::prove(question, with_proof, limits);
        if (second.answer == verdict::Answer::fails)
            throw base::InternalError(fmt::format("{} and cadical disagree at length {}: please report this", outcome.refutation->solver, question.length));
        if (second.answer == verdict::Answer::undecided) return;
        second.seconds += outcome.seconds;
        outcome = std::move(second);
    }

    static void unchecked(query::Outcome& outcome, const std::string& why) {
        outcome.answer = verdict::Answer::undecided;
        outcome.evidence = verdict::Evidence::unchecked;
        outcome.why = {verdict::Reason::unchecked, why};
    }

    static certificate::Provenance provenance(const query::Outcome& outcome, const query::ProveOptions& options) {
        certificate::Provenance p{{{"attest", base::version()}, {"seed", std::to_string(options.seed)}}};
        if (outcome.refutation) p.entries.emplace_back("solver", outcome.refutation->solver);
        return p;
    }

    static void keep(Session& session, base::DirectoryInProgress& directory, const std::vector<Result>& results, bool collection) {
        std::vector<std::pair<std::string, std::string>> parts;
        for (const Result& r : results)
            if (!r.certificate.empty()) parts.emplace_back(fmt::format("length-{}", r.length), r.certificate);
        if (collection) {
            for (const Result& r : results) {
                std::error_code ignored;
                if (r.certificate.empty()) std::filesystem::remove_all(fmt::format("{}/length-{}", directory.path(), r.length), ignored);
            }
            if (!parts.empty()) certificate::write_collection(directory.path(), parts, {{{"attest", base::version()}}});
        }
        if (parts.empty()) session.note("no certificate: nothing was decided with evidence");
        else directory.commit();
    }

    /// Where a language has no word of a length, or every word, a verdict says little, and that is said with it.
    static void find_vacuity(const language::Language& language, const language::Alphabet& alphabet, const base::Limits& limits, std::vector<Result>& results) {
        constexpr std::int64_t longest = 2000;  // counting beyond is not worth a note
        for (Result& r : results) {
            if (r.length > longest || r.outcome.answer == verdict::Answer::undecided) continue;
            if (limits.exceeded()) return;
            const mpz_class members = language.count(static_cast<std::uint64_t>(r.length));
            mpz_class words;
            mpz_ui_pow_ui(words.get_mpz_t(), alphabet.size(), static_cast<unsigned long>(r.length));
            if (members == 0) r.vacuous = "no word";
            else if (members == words && alphabet == language.alphabet()) r.vacuous = "every word";
        }
    }

    static void note_vacuity(const Session& session, const language::Language& language, const std::vector<Result>& results) {
        for (const std::string which : {"no word", "every word"}) {
            std::vector<std::int64_t> lengths;
            for (const Result& r : results)
                if (r.vacuous == which) lengths.push_back(r.length);
            if (lengths.empty()) continue;
            const std::size_t shown = std::min<std::size_t>(lengths.size(), 8);
            session.note(fmt::format("{} of length {}{} is in {}: the claim there is that the model {} every word", which,
                                     fmt::join(lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                                     shown < lengths.size() ? fmt::format(" and {} more", lengths.size() - shown) : "", language.name(),
                                     which == "no word" ? "rejects" : "accepts"));
        }
    }

    static int status(const std::vector<Result>& results) {
        int status = success;
        for (const Result& r : results) {
            if (r.outcome.answer == verdict::Answer::fails) return refuted;
            if (r.outcome.answer == verdict::Answer::undecided) status = undecided;
        }
        return status;
    }

    std::string evidence_text(const Result& r) const {
        const query::Outcome& o = r.outcome;
        if (o.evidence == verdict::Evidence::exhaustion) return fmt::format("all {} words evaluated exactly, and again by the checker", o.words);
        if (o.evidence == verdict::Evidence::enclosure)
            return enclosure_text(o);
        if (o.evidence != verdict::Evidence::refutation) return to_string(o.evidence);
        return fmt::format("{} gates, {} clauses, {} proof of {} bytes accepted by the checker in {:.2f} s", o.gates, o.refutation->formula.size(),
                           o.refutation->proof_format == "lrat" ? "LRAT" : "XLRUP", o.refutation->proof.size(), r.check_seconds);
    }

    static std::string enclosure_text(const query::Outcome& o) {
        const query::Enclosure& e = *o.enclosure;
        const std::string words = e.classes.empty() ? fmt::format("all {} words", o.words) : fmt::format("all words by their counts ({} kinds)", o.words);
        return fmt::format("{}, margin >= {}, cross-entropy {} bits a word, in balls of {} bits, and again by the checker", words, query::margin_text(e),
                           e.cross_entropy.upper_text(6), e.bits);
    }

    std::string headline(const Asked& t, const Result& r) const {
        const query::Outcome& o = r.outcome;
        switch (o.answer) {
            case verdict::Answer::holds:
                return fmt::format("VERIFIED {} recognises {} at length {} in {:.2f} s: {}", base::named(t.name), language_, r.length, o.seconds, evidence_text(r));
            case verdict::Answer::fails: {
                const query::Counterexample& c = *o.counterexample;
                return fmt::format("REFUTED {} does not recognise {} at length {} in {:.2f} s: on \"{}\" it says {}, the language {}", base::named(t.name), language_, r.length,
                                   o.seconds, t.alphabet.spell(c.word), word_for(c.actual), word_for(c.expected));
            }
            case verdict::Answer::undecided:
                return fmt::format("UNDECIDED whether {} recognises {} at length {} after {:.2f} s: {}: {}", base::named(t.name), language_, r.length, o.seconds,
                                   to_string(o.why.reason), o.why.detail);
        }
        return {};
    }

    void show(Session& session, const Asked& t, const std::vector<Result>& results) const {
        if (results.size() > 1) session.print(overview(t, results));
        else session.print(headline(t, results.front()) + "\n");
        for (const Result& r : results) {
            if (results.size() > 1) session.print("  " + row(t, r) + "\n");
            else if (!r.certificate.empty()) session.print(fmt::format("  certificate {} (manifest {})\n", directory_, r.certificate));
        }
        for (const Result& r : results)
            if (r.outcome.counterexample) {
                t.explain(session, r);
                break;  // the shortest one is the one to look at
            }
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const Result& r : results) list.push_back(to_json(t, r));
        session.print_json({{"command", "prove"}, {"model", t.name}, {"language", language_}, {"results", std::move(list)}});
    }

    std::string overview(const Asked& t, const std::vector<Result>& results) const {
        std::size_t held = 0, failed = 0;
        double seconds = 0;
        for (const Result& r : results) {
            held += r.outcome.answer == verdict::Answer::holds ? 1 : 0;
            failed += r.outcome.answer == verdict::Answer::fails ? 1 : 0;
            seconds += r.outcome.seconds;
        }
        const std::size_t open = results.size() - held - failed;
        const char* word = failed > 0 ? "REFUTED" : open > 0 ? "UNDECIDED" : "VERIFIED";
        return fmt::format("{} {} against {} at {} lengths {} to {}: {} verified, {} refuted, {} undecided in {:.2f} s\n", word, base::named(t.name), language_, results.size(),
                           results.front().length, results.back().length, held, failed, open, seconds);
    }

    std::string row(const Asked& t, const Result& r) const {
        const query::Outcome& o = r.outcome;
        std::string rest = o.answer == verdict::Answer::holds ? evidence_text(r) : fmt::format("{}: {}", to_string(o.why.reason), o.why.detail);
        if (o.counterexample)
            rest = fmt::format("\"{}\": {} expected, {} given", t.alphabet.spell(o.counterexample->word), word_for(o.counterexample->expected),
                               word_for(o.counterexample->actual));
        return fmt::format("{:>6}  {:9}  {:>8.2f} s  {}", r.length, to_string(o.answer), o.seconds, rest);
    }

    static nlohmann::ordered_json to_json(const Asked& t, const Result& r) {
        const query::Outcome& o = r.outcome;
        nlohmann::ordered_json entry = {{"length", r.length}, {"verdict", to_string(o.answer)}};
        if (o.answer == verdict::Answer::undecided) {
            entry["reason"] = to_string(o.why.reason);
            entry["detail"] = o.why.detail;
        }
        if (o.counterexample) {
            entry["counterexample"] = t.alphabet.spell(o.counterexample->word);
            entry["expected"] = word_for(o.counterexample->expected);
            entry["actual"] = word_for(o.counterexample->actual);
        }
        // All words in balls are all words: `bits` and `margin` say how they were evaluated.
        const bool all_words = o.evidence == verdict::Evidence::exhaustion || o.evidence == verdict::Evidence::enclosure;
        if (o.evidence != verdict::Evidence::none) entry["evidence"] = to_string(all_words ? verdict::Evidence::exhaustion : o.evidence);
        if (all_words) entry["words"] = o.words;
        if (o.enclosure) {
            entry["margin"] = {{"value", query::margin_text(*o.enclosure)}, {"guarantee", "lower"}, {"word", t.alphabet.spell(o.enclosure->nearest)}};
            entry["bits"] = o.enclosure->bits;
            if (o.answer == verdict::Answer::holds)
                entry["cross_entropy"] = {{"value", nlohmann::ordered_json::array({o.enclosure->cross_entropy.lower_text(), o.enclosure->cross_entropy.upper_text()})},
                                          {"guarantee", "interval"},
                                          {"unit", "bits"}};
            if (!o.enclosure->classes.empty()) entry["by"] = "counts";
        }
        if (o.refutation) {
            entry["gates"] = o.gates;
            entry["clauses"] = o.refutation->formula.size();
            entry["solver"] = o.refutation->solver;
            entry["proof"] = o.refutation->proof_format;
            entry["proof_bytes"] = o.refutation->proof.size();
        }
        if (!r.certificate.empty()) entry["certificate"] = r.certificate;
        if (!r.vacuous.empty()) entry["vacuous"] = r.vacuous;
        entry["check_seconds"] = r.check_seconds;
        entry["seconds"] = o.seconds;
        return entry;
    }

    std::string model_, language_, lengths_, map_, eps_, directory_, method_ = "automatic";
    const CLI::Option* certificate_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_prove() { return std::make_unique<Prove>(); }

}  // namespace attest::cli

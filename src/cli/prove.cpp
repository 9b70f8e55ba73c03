#include "record/prove.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/network/at_length.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "certify/kept.hpp"
#include "command.hpp"
#include "every_length.hpp"
#include "explain.hpp"
#include "formulas.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "lengths.hpp"
#include "load_counting.hpp"
#include "method.hpp"
#include "placement.hpp"
#include "program_text.hpp"
#include "prove_every_length.hpp"
#include "prove_output.hpp"
#include "prove_parts.hpp"
#include "prove_progress.hpp"
#include "report/attribution.hpp"
#include "subject.hpp"
#include "task_command.hpp"

namespace attest::cli {

namespace {

using certify::Recognition;

class Prove : public Command {
  public:
    std::string name() const override { return "prove"; }
    std::string summary() const override {
        return "Does the model recognise the language at a length: proof or counterexample";
    }
    std::vector<std::string> examples() const override {
        return {"attest prove zoo:palindrome --language palindrome --length 64 --certificate c1",
                "attest prove model.json --language parity --length 1..12",
                "attest prove zoo:tomita-4 --language tomita:4 --length all --certificate c4",
                "attest prove dyck1.crasp --language dyck:1 --length all --certificate out/d",
                "attest prove parity.foc --language parity --length all",
                "attest prove zoo:first --language first --length 2..9 --on local --journal p",
                "attest prove sorter.json --task sort --length 0..5",
                "attest prove ab.json --language dyck:1 --map 'a=(,b=)' --length 10 --json"};
    }
    Uses uses() const override {
        return {.solver = true, .seed = true, .threads = "Lengths that are worked on at a time"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, the text of a program or a formula, or zoo:NAME")->required();
        language_option_ =
            app.add_option("--language", language_, "The language; attest languages lists them")->type_name("L");
        app.add_option(
               "--task", task_,
               "In its place, for a program, or a model with classes: what it is to compute; attest tasks lists tasks")
            ->type_name("T")
            ->excludes(language_option_);
        app.add_option("--length", lengths_,
                       "N, A..B, A..B*F, a list with commas, or all (0.., 1..); some tasks have one of their own")
            ->type_name("N");
        app.add_option("--map", map_, "What each model symbol means, e.g. a=0,b=1")->type_name("PAIRS");
        app.add_option(
               "--method", method_,
               "automatic (default), circuit, exhaustion, or cutting-planes (threshold gates, for large weights); at "
               "all lengths an invariant of a circuit, or all pairs of states")
            ->type_name("HOW");
        app.add_option("--invariant", invariant_,
                       "At all lengths: a file that ABC's pdr -d -I wrote for the circuit of attest compile --length "
                       "all --language L, to start from")
            ->type_name("FILE");
        app.add_flag("--attribute", attribute_,
                     "Show what embedding, heads and feed-forward parts add to the score of the counterexample");
        declare_eps(app, eps_);
        certificate_ =
            app.add_option("--certificate", directory_, "Keep the certificate in this directory")->type_name("DIR");
        app.add_option("--journal", journal_,
                       "Of several lengths keep what is decided in this folder, and go on from what is there")
            ->type_name("DIR");
        placement_.declare(app, "lengths");
    }

    int run(Session& session) override {
        if (attribute_ && parse_every_length(lengths_, 0))
            throw base::UsageError("--attribute: expected with one length or several, found with all");
        if (language_option_->count() == 0 && task_.empty())
            throw base::UsageError("prove: expected --language or --task, found neither");
        const bool every = parse_every_length(lengths_, 0).has_value();
        if (!invariant_.empty() && (!every || is_counting(model_) || language_of_text(model_) == "foc"))
            throw base::UsageError("--invariant: expected with --length all and a model that becomes a network");
        if (every && !task_.empty())
            throw base::Unsupported(
                "all lengths at once are proved of model files and a language; give --length a number");
        refuse_parts(every || !task_.empty() || language_of_text(model_) == "foc" ? "all lengths, a task or a formula"
                                                                                  : "");
        if (!task_.empty()) return run_task(session, load_performer(session, model_, eps_, task_));
        if (lengths_.empty()) throw base::UsageError("--length: expected a length, found none");
        if (language_of_text(model_) == "foc") return run_formula(session);
        if (every)
            return or_give_a_length([&] {
                return ProveEveryLength{model_, language_, lengths_,   parse_map(map_),
                                        eps_,   method_,   invariant_, directory()}
                    .run(session);
            });
        const formats::NetworkFile subject = load_network(model_, eps_);
        if (const auto* program = std::get_if<formats::ProgramFile>(&subject)) return run_program(session, *program);
        if (const auto* tables = std::get_if<formats::GuhatFile>(&subject)) return run_tables(session, *tables);
        return run_model(session, std::get<formats::ModelFile>(subject));
    }

  private:
    /// Where the certificate is kept, if it is.
    std::optional<std::string> directory() const {
        return certificate_->count() > 0 ? std::optional(directory_) : std::nullopt;
    }

    /// what  is asked that has no parts; empty: it has some
    void refuse_parts(const std::string& what) const {
        if (!journal_.empty() || placement_.is_asked())
            if (!what.empty() || attribute_)
                throw base::UsageError(
                    fmt::format("--journal, --on: expected with several lengths of a model and a language, found {}",
                                attribute_ ? "--attribute" : what));
    }

    /// A formula is not compiled: it is proved itself, by counts.
    int run_formula(Session& session) const {
        if (attribute_ || !map_.empty() || !eps_.empty() || parse_method(method_) != decide::Method::automatic)
            throw base::UsageError(
                "prove: expected no --attribute, --map, --eps and --method with a formula; attest import makes a model "
                "of it");
        return ProveFormula{model_, language_, lengths_, directory()}.run(session);
    }

    int run_model(Session& session, const formats::ModelFile& file) {
        const network::Transformer& t = file.transformer;
        const ProveAsked asked{t.name, t.alphabet, language_, parse_map(map_)};
        const Meaning meaning = load_language(language_, t.alphabet, asked.map);
        note_reading(session, language_);
        const std::vector<std::int64_t> lengths = parse_lengths(lengths_, "--length");
        for (const std::int64_t n : lengths) {
            require_defined(meaning.language, n);
            network::require_decidable(t, n);
        }
        if (!journal_.empty() || placement_.is_asked()) {
            const certify::Subject subject{file, meaning.language, asked.map};
            return run_parts(
                session, {asked, meaning.language, &t}, lengths, file.bytes + file.tensor_bytes,
                [&](std::int64_t n, const decide::ProveOptions& options, certify::Archive& archive) {
                    return certify::recognise_by_machine(subject, n, options, session.limits(), archive);
                },
                again(session, subject));
        }
        certify::RangeOptions options{prove_options(session), session.options.threads, true, {}, {}};
        options.finished = say_when_ended(session, asked, lengths);
        options.progress = [&](std::size_t done, std::int64_t length, const std::string& what) {
            session.progress(fmt::format("[{}/{}] length {}: {}", done, lengths.size(), length, what));
        };
        certify::Archive archive(directory());
        const auto results =
            certify::recognise({file, meaning.language, asked.map}, lengths, options, session.limits(), archive);
        return finish(
            session, asked, meaning.language, archive, results,
            [&](const Recognition& r) {
                const decide::Counterexample& c = *r.outcome.counterexample();
                if (const decide::EnclosedScore* score = r.outcome.score()) explain(session, t, c, *score);
                else explain(session, t, c);
                if (attribute_) session.print(report::attribution_text(t, attribution(t, r)));
            },
            &t);
    }

    /// On the counterexample, with the bits that its score took.
    static soft::Attribution attribution(const network::Transformer& t, const Recognition& r) {
        const language::Word& word = r.outcome.counterexample()->word;
        const decide::EnclosedScore* score = r.outcome.score();
        if (score == nullptr) return soft::attribute_exactly(t, word, soft::Precision().first);
        return soft::attribute(t, word, score->bits);
    }

    /// Tables have one length and need no solver.
    int run_tables(Session& session, const formats::GuhatFile& file) {
        if (attribute_) throw base::UsageError("--attribute: expected a model with a score, found tables");
        refuse_parts("tables");
        const network::Guhat& tables = file.guhat;
        const ProveAsked asked{tables.name, tables.alphabet, language_, parse_map(map_)};
        const Meaning meaning = load_language(language_, tables.alphabet, asked.map);
        note_reading(session, language_);
        for (const std::int64_t n : parse_lengths(lengths_, "--length")) require_length(tables, model_, n);
        require_defined(meaning.language, tables.length);
        const decide::ProveOptions options = prove_options(session);
        say_when_ended(session, asked, std::vector{static_cast<std::int64_t>(tables.length)});
        certify::Archive archive(directory());
        std::vector<Recognition> results;
        results.push_back(certify::recognise({file, meaning.language, asked.map}, options, session.limits(), archive));
        return finish(session, asked, meaning.language, archive, results,
                      [&](const Recognition& r) { explain(session, tables, *r.outcome.counterexample()); });
    }

    /// Programs are decided word by word, or by their circuit where words are many.
    int run_program(Session& session, const formats::ProgramFile& file) {
        const network::Program& program = file.program;
        const ProveAsked asked{program.name, program.alphabet, language_, parse_map(map_)};
        const Meaning meaning = load_language(language_, program.alphabet, asked.map);
        note_reading(session, language_);
        const std::vector<std::int64_t> lengths = parse_lengths(lengths_, "--length");
        for (const std::int64_t n : lengths) {
            require_defined(meaning.language, n);
            network::require_decisions(program, n);
        }
        decide::ProveOptions options = prove_options(session);
        if (!journal_.empty() || placement_.is_asked()) {
            const certify::ProgramSubject subject{file, meaning.language, asked.map};
            return run_parts(
                session, {asked, meaning.language, &program}, lengths, file.bytes,
                [&](std::int64_t n, const decide::ProveOptions& prove, certify::Archive& archive) {
                    return certify::recognise(subject, n, prove, session.limits(), archive);
                },
                again(session, subject));
        }
        const ProveProgress finished = say_when_ended(session, asked, lengths);
        certify::Archive archive(directory());
        std::vector<Recognition> results;
        for (const std::int64_t n : lengths) {
            options.progress = [&](const std::string& what) {
                session.progress(fmt::format("[{}/{}] length {}: {}", results.size(), lengths.size(), n, what));
            };
            results.push_back(certify::recognise({file, meaning.language, asked.map}, n, options, session.limits(),
                                                 archive, lengths.size() == 1 ? "" : certify::part_of_length(n)));
            finished(results.size() - 1, results.back());
        }
        return finish(session, asked, meaning.language, archive, results,
                      [&](const Recognition& r) { explain(session, program, *r.outcome.counterexample()); });
    }

    /// What several lengths are asked of.
    struct Asked {
        const ProveAsked& prove;
        const language::Language& language;
        decide::Network network;
    };
    using DecideOne = std::function<Recognition(std::int64_t, const decide::ProveOptions&, certify::Archive&)>;

    using DecideAgain = decltype(ProveParts::again);

    template <typename Subject>
    static DecideAgain again(const Session& session, const Subject& subject) {
        return [&](const std::string& directory, std::int64_t n, certify::Archive& archive) {
            return certify::recognise_again(directory, subject, n, session.limits(), archive,
                                            certify::part_of_length(n));
        };
    }

    /// bytes  of the network's file
    int run_parts(Session& session, const Asked& asked, const std::vector<std::int64_t>& lengths,
                  const std::string& bytes, const DecideOne& decide_one, const DecideAgain& decide_again) {
        if (lengths.size() == 1) throw base::UsageError("--journal: expected several lengths, found one");
        const Splittable search{journal_, lengths.size(), false, session.options.threads};
        if (const auto status = placement_.elsewhere(session, search)) return *status;
        std::error_code error;
        std::filesystem::create_directories(journal_, error);
        if (error) throw base::InputError(journal_, "cannot be made: " + error.message());
        decide::ProveOptions options = prove_options(session);
        options.progress = [&](const std::string& what) { session.progress(what); };
        const auto* t = std::get_if<const network::Transformer*>(&asked.network);
        const ProveParts parts{
            asked.prove,
            lengths,
            journal_,
            question(session, asked, lengths, bytes),
            placement_.share(),
            session.options.threads,
            [&](std::int64_t n, certify::Archive& archive) { return decide_one(n, options, archive); },
            decide_again,
            [&](record::Prove::Length& entry, const Recognition& r) {
                if (t != nullptr && r.verdict.fails()) record::add_trace(entry, **t, with_score(session, asked, r));
            }};
        prove_share(session, parts);
        if (placement_.is_part()) return placement_.end_of_part(session, search, false);
        certify::Archive archive(directory());
        return show_parts(session, asked, join_parts(session, parts, archive), archive);
    }

    /// A counterexample whose certificate was read back comes without its score.
    static Recognition with_score(const Session& session, const Asked& asked, Recognition r) {
        auto* fails = std::get_if<decide::Fails>(&r.outcome.result);
        if (fails == nullptr || fails->score || !decide::is_soft(asked.network)) return r;
        const decide::Answer answer =
            decide::Answerer(asked.network, r.length).answer(fails->counterexample.word, session.limits());
        if (answer.score)
            fails->score = decide::EnclosedScore{answer.bits, {}, r.outcome.counterexample()->word, *answer.score};
        return r;
    }

    /// The digest of all that the answers depend on.
    std::string question(const Session& session, const Asked& asked, const std::vector<std::int64_t>& lengths,
                         const std::string& bytes) const {
        std::string text = fmt::format("{}\n{}\n{}\n{}\n{}\n{} {}\n", base::sha256(bytes), asked.language.name(),
                                       base::sha256(asked.language.source()), map_, fmt::join(lengths, " "), method_,
                                       session.options.seed);
        return base::sha256(text + session.options.solver + "\n" + eps_);
    }

    int show_parts(Session& session, const Asked& asked, std::vector<ProvedPart> parts,
                   certify::Archive& archive) const {
        const std::chrono::duration<double> clock = std::chrono::steady_clock::now() - started_;
        std::vector<Recognition> results;
        record::Prove record =
            record::prove(asked.prove.model, asked.prove.alphabet, asked.prove.language, asked.prove.map, {});
        std::string rows;
        for (ProvedPart& part : parts) {
            results.push_back(std::move(part.result));
            record.results.push_back(std::move(part.entry));
            rows += "  " + part.row + "\n";
        }
        finish_certificate(session, archive, parts_by_length(results));
        session.print(prove_headline(asked.prove, results, clock.count()) + rows);
        const auto first =
            std::find_if(results.begin(), results.end(), [](const Recognition& r) { return r.verdict.fails(); });
        if (first != results.end())
            explain(session, asked.network, asked.prove.alphabet, *first->outcome.counterexample());
        session.print_json(record::write(record));
        return status(results);
    }

    int run_task(Session& session, const formats::NetworkFile& file) const {
        if (!map_.empty()) throw base::UsageError("--map: expected with --language, found with --task");
        return TaskCommand{task_, lengths_, false, 1, directory(), method_}.run(session, file);
    }

    decide::ProveOptions prove_options(const Session& session) const {
        decide::ProveOptions options;
        options.guesses = true;
        options.regions = true;
        options.method = parse_proof_method(method_);
        options.back_end = logic::parse_back_end(session.options.solver);
        options.seed = session.options.seed;
        return options;
    }

    static void require_defined(const language::Language& language, std::int64_t n) {
        if (!language.defined_at(static_cast<std::uint64_t>(n)))
            throw base::UsageError(
                fmt::format("--length: expected a length at which {} is defined, found {}", language.name(), n));
    }

    /// explain    replays a counterexample, with what each head did on it
    /// traced     whose counterexamples are traced, and attributed if that is asked for; null: none
    int finish(Session& session, const ProveAsked& asked, const language::Language& language, certify::Archive& archive,
               const std::vector<Recognition>& results, const std::function<void(const Recognition&)>& explain,
               const network::Transformer* traced = nullptr) const {
        const std::chrono::duration<double> clock = std::chrono::steady_clock::now() - started_;
        for (const Recognition& r : results)
            for (const std::string& text : r.notes) session.note(text);
        finish_certificate(session, archive, parts_if_several(results));
        note_vacuity(session, language, results);
        session.print(prove_headline(asked, results, clock.count()));
        if (results.size() > 1) {
            for (const Recognition& r : results) session.print("  " + prove_row(asked, r) + "\n");
        } else if (results.front().verdict.kept()) {
            session.print(
                fmt::format("  certificate {} (manifest {})\n", directory_, results.front().verdict.digest()));
        }
        // The shortest counterexample is the one to look at.
        const auto first =
            std::find_if(results.begin(), results.end(), [](const Recognition& r) { return r.verdict.fails(); });
        if (first != results.end()) explain(*first);
        record::Prove record = record::prove(asked.model, asked.alphabet, asked.language, asked.map, results);
        for (std::size_t k = 0; session.options.json && traced != nullptr && k < results.size(); ++k) {
            if (!results[k].verdict.fails()) continue;
            record::add_trace(record.results[k], *traced, results[k]);
            if (attribute_)
                record.results[k].attribution = record::attribution(*traced, attribution(*traced, results[k]));
        }
        session.print_json(record::write(record));
        return status(results);
    }

    static void note_vacuity(const Session& session, const language::Language& language,
                             const std::vector<Recognition>& results) {
        for (const certify::Vacuous which : {certify::Vacuous::no_word, certify::Vacuous::every_word}) {
            std::vector<std::int64_t> lengths;
            for (const Recognition& r : results)
                if (r.vacuous == which) lengths.push_back(r.length);
            if (lengths.empty()) continue;
            const std::size_t shown = std::min<std::size_t>(lengths.size(), 8);
            session.note(fmt::format(
                "{} of length {}{} is in {}: the claim there is that the model {} every word", to_string(which),
                fmt::join(lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                shown < lengths.size() ? fmt::format(" and {} more", lengths.size() - shown) : "", language.name(),
                which == certify::Vacuous::no_word ? "rejects" : "accepts"));
        }
    }

    static int status(const std::vector<Recognition>& results) {
        int status = success;
        for (const Recognition& r : results) {
            if (r.verdict.fails()) return refuted;
            if (r.verdict.is_undecided()) status = undecided;
        }
        return status;
    }

    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::string model_, language_, task_, lengths_, map_, eps_, directory_, invariant_, journal_, method_ = "automatic";
    Placement placement_;
    const CLI::Option* certificate_ = nullptr;
    bool attribute_ = false;
    CLI::Option* language_option_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_prove() { return std::make_unique<Prove>(); }

}  // namespace attest::cli

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "ablate_output.hpp"
#include "attest/base/error.hpp"
#include "attest/certify/ablation.hpp"
#include "attest/network/at_length.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "decide/ablate/edges.hpp"
#include "language_notes.hpp"
#include "lengths.hpp"
#include "record/ablation.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

class Ablate : public Command {
  public:
    std::string name() const override { return "ablate"; }
    std::string summary() const override {
        return "Which heads and layers, or variables of a program, the answer needs: smallest sufficient sets, and "
               "words "
               "that break without one";
    }
    std::vector<std::string> examples() const override {
        return {"attest ablate brackets.json --language dyck:1 --length 8 --certificate b1",
                "attest ablate trained.json --same --length 6 --json",
                "attest ablate reverse.rasp --task reverse --length 4"};
    }
    Uses uses() const override { return {.solver = true, .seed = true}; }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, a program, or zoo:NAME")->required();
        auto* language =
            app.add_option("--language", language_, "The language that is to be recognised")->type_name("L");
        auto* task = app.add_option("--task", task_, "Of a program: what is to be computed (attest tasks)")
                         ->type_name("T")
                         ->excludes(language);
        app.add_flag("--same", same_, "What is left is to answer as the whole model does")
            ->excludes(language)
            ->excludes(task);
        app.add_option("--length", length_, "The number of symbols of the word")->required()->type_name("N");
        app.add_option("--map", map_, "What each model symbol means, e.g. a=0,b=1")
            ->type_name("PAIRS")
            ->needs(language);
        auto* mean = app.add_flag("--mean", mean_, "What is taken away adds its mean over all words in place of 0");
        auto* by_position = app.add_flag("--mean-by-position", mean_by_position_,
                                         "What is taken away adds at each position its mean there over all words")
                                ->excludes(mean);
        app.add_flag("--edges", edges_, "Take away what heads read of earlier heads, not parts")
            ->excludes(mean)
            ->excludes(by_position);
        app.add_option("--method", method_, "automatic (default), sets (by size), or solver (a circuit with switches)")
            ->type_name("HOW");
        app.add_option("--robust", robust_,
                       "Also if the vector that is read moves by at most R (Euclidean length), e.g. 0.5 or 1/3")
            ->type_name("R")
            ->excludes(by_position);
        app.add_option(
               "--invariant", invariant_,
               "Also say of each set that is enough whether its answer is the same whatever stands there, e.g. 2,5")
            ->type_name("POSITIONS")
            ->excludes(by_position);
        declare_eps(app, eps_);
        certificate_ =
            app.add_option("--certificate", directory_, "Keep the certificates in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        if (language_.empty() && task_.empty() && !same_)
            throw base::UsageError("ablate: expected --language L, --task T of a program, or --same");
        const std::int64_t length = parse_length(length_, "--length");
        const formats::NetworkFile file = load_network(model_, eps_);
        if (const auto* program = std::get_if<formats::ProgramFile>(&file)) return run(session, *program, length);
        const auto* model = std::get_if<formats::ModelFile>(&file);
        if (model == nullptr)
            throw base::UsageError("ablate: expected a model file or a program, found tables, which have no parts");
        if (!task_.empty())
            throw base::UsageError("--task: expected a program, found a model; give --language or --same");
        const network::Transformer& t = model->transformer;
        network::require_decidable(t, length);
        if (edges_ && ablate::edges_of(t).empty())
            throw base::UsageError(
                "ablate: --edges: expected a head that reads what an earlier head adds, with a residual in each part "
                "between and no norm behind one, found none");
        const std::optional<Meaning> meaning = meant(session, t.alphabet, length);
        const certify::AblationSubject subject{
            *model, meaning ? &meaning->language : nullptr, parse_map(map_), taken(), robust(), positions(length)};
        const record::AblationAsked asked{t.name,      t.alphabet,    &t,      language_,        {},
                                          subject.map, subject.taken, robust_, subject.invariant};
        return ask(session, subject, asked, length);
    }

  private:
    /// Variables in place of parts.
    int run(Session& session, const formats::ProgramFile& file, std::int64_t length) const {
        const network::Program& program = file.program;
        if (taken() != certify::Taken::parts || !robust_.empty() || !invariant_.empty())
            throw base::UsageError(
                "ablate: expected a model file with --mean, --mean-by-position, --edges, --robust or --invariant, "
                "found "
                "a program");
        (void)program.sequence_length(length);
        if (task_.empty()) network::require_decisions(program, length);
        const std::optional<Meaning> meaning = meant(session, program.alphabet, length);
        std::optional<language::Task> task;
        if (!task_.empty()) task = language::Task::parse(task_, program.alphabet);
        const certify::ProgramAblationSubject subject{file, meaning ? &meaning->language : nullptr,
                                                      task ? &*task : nullptr, parse_map(map_)};
        return ask(session, subject, {program.name, program.alphabet, nullptr, language_, task_, subject.map}, length);
    }

    /// The language, if one is to be recognised.
    std::optional<Meaning> meant(Session& session, const language::Alphabet& alphabet, std::int64_t length) const {
        if (language_.empty()) return std::nullopt;
        Meaning meaning = load_language(language_, alphabet, parse_map(map_));
        if (!meaning.language.defined_at(static_cast<std::uint64_t>(length)))
            throw base::UsageError(fmt::format("--length: expected a length at which {} is defined, found {}",
                                               meaning.language.name(), length));
        note_reading(session, language_);
        return meaning;
    }

    certify::Taken taken() const {
        return mean_               ? certify::Taken::means
               : mean_by_position_ ? certify::Taken::means_by_position
               : edges_            ? certify::Taken::edges
                                   : certify::Taken::parts;
    }

    ablate::Way way() const {
        if (method_ == "automatic") return ablate::Way::automatic;
        if (method_ == "sets") return ablate::Way::sets;
        if (method_ == "solver") return ablate::Way::solver;
        throw base::UsageError(
            fmt::format("--method: expected automatic, sets or solver, found '{}'", base::printable(method_)));
    }

    std::optional<exact::Rational> robust() const {
        if (robust_.empty()) return std::nullopt;
        const bool fraction = robust_.find('/') != std::string::npos;
        const exact::Rational radius =
            fraction ? exact::parse_number(robust_, "--robust") : exact::parse_decimal(robust_, "--robust");
        if (radius < 0)
            throw base::UsageError(
                fmt::format("--robust: expected a number that is not negative, found '{}'", base::printable(robust_)));
        return radius;
    }

    /// From 1, ascending.
    std::vector<std::int64_t> positions(std::int64_t length) const {
        if (invariant_.empty()) return {};
        std::vector<std::int64_t> positions = parse_lengths(invariant_, "--invariant");
        std::sort(positions.begin(), positions.end());
        positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
        if (positions.front() < 1 || positions.back() > length)
            throw base::UsageError(fmt::format("--invariant: expected positions from 1 to {}, found '{}'", length,
                                               base::printable(invariant_)));
        return positions;
    }

    template <typename Subject>
    int ask(Session& session, const Subject& subject, const record::AblationAsked& asked, std::int64_t length) const {
        decide::ProveOptions options;
        options.back_end = logic::parse_back_end(session.options.solver);
        options.seed = session.options.seed;
        ablate::Options search;
        search.way = way();
        search.progress = [&session](const std::string& what) { session.progress(base::printable(what)); };
        certify::Archive archive(certificate_->count() > 0 ? std::optional(directory_) : std::nullopt);
        const certify::Ablation found =
            certify::ablate_parts(subject, length, options, search, session.limits(), archive);
        if (archive.keeps() && !archive.finish(found.parts)) session.note("no certificate: nothing was decided");
        session.print(ablate_text(asked, found));
        if (archive.keeps()) session.print(fmt::format("  certificate {}\n", directory_));
        session.print_json(record::write(record::ablation(asked, found)));
        return status(found);
    }

    static int status(const certify::Ablation& found) {
        if (found.outcome.wrong) return refuted;
        return found.outcome.sufficient.empty() ? undecided : success;
    }

    std::string model_, language_, task_, length_, map_, eps_, directory_, robust_, invariant_, method_ = "automatic";
    bool same_ = false, mean_ = false, mean_by_position_ = false, edges_ = false;
    const CLI::Option* certificate_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_ablate() { return std::make_unique<Ablate>(); }

}  // namespace attest::cli

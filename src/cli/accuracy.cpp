#include "record/accuracy.hpp"

#include <fmt/format.h>

#include <optional>

#include "accuracy_output.hpp"
#include "accuracy_rounded.hpp"
#include "attest/base/error.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/network/at_length.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "lengths.hpp"
#include "number.hpp"
#include "subject.hpp"
#include "task_command.hpp"

namespace attest::cli {

namespace {

class AccuracyCommand : public Command {
  public:
    std::string name() const override { return "accuracy"; }
    std::string summary() const override { return "On how many words of a length is the model wrong, and on which"; }
    std::vector<std::string> examples() const override {
        return {"attest accuracy parity4.json --language parity --length 5 --list 10",
                "attest accuracy brackets.json --language dyck:1 --length 1..12 --certificate a1",
                "attest accuracy sorter.json --task sort --length 5 --list 4",
                "attest accuracy grokked.safetensors --task sum-mod:59 --certificate a2",
                "attest accuracy grokked.safetensors --task sum-mod:59 --arithmetic binary32",
                "attest accuracy zoo:majority-attempt --language majority --length 64 --json"};
    }
    Uses uses() const override { return {.solver = true, .seed = true}; }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, or zoo:NAME")->required();
        language_option_ =
            app.add_option("--language", language_, "The language; attest languages lists them")->type_name("L");
        app.add_option(
               "--task", task_,
               "In its place, for a program, or a model with classes: what it is to compute; attest tasks lists tasks")
            ->type_name("T")
            ->excludes(language_option_);
        app.add_option("--length", lengths_, "N, A..B, A..B*F or a list with commas; some tasks have one of their own")
            ->type_name("N");
        app.add_option("--map", map_, "What each model symbol means, e.g. a=0,b=1")->type_name("PAIRS");
        app.add_option("--method", method_,
                       "automatic (default), exhaustion, circuit or sample; of a task also prefixes")
            ->type_name("HOW");
        list_ = app.add_option("--list", asked_.shown, "List so many mistakes, in the order of words")
                    ->transform(within<std::size_t>(1, 1 << 20))
                    ->type_name("K");
        app.add_option("--trials", asked_.trials, "Words of a sample (default 4096)")
            ->transform(within<std::uint64_t>(1, std::uint64_t{1} << 40))
            ->type_name("K");
        app.add_option(
               "--arithmetic", arithmetic_,
               "Of a task: real (default), or binary32: every evaluation in it, whatever the order of its operations")
            ->check(CLI::IsMember({"real", "binary32"}))
            ->type_name("NUMBERS");
        declare_eps(app, eps_);
        certificate_ =
            app.add_option("--certificate", directory_, "Keep the certificate in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        if (language_option_->count() == 0 && task_.empty())
            throw base::UsageError("accuracy: expected --language or --task, found neither");
        if (arithmetic_ == "binary32" && task_.empty())
            throw base::UsageError("--arithmetic: expected with --task, found with --language");
        if (!task_.empty()) return run_task(session, load_performer(session, model_, eps_, task_));
        if (lengths_.empty()) throw base::UsageError("--length: expected a length, found none");
        const certify::NetworkFile file = load_network(model_, eps_);
        const decide::Network network = certify::network_of(file);
        const Map map = parse_map(map_);
        const Meaning meaning = load_language(language_, decide::alphabet_of(network), map);
        note_reading(session, language_);
        const std::vector<std::int64_t> lengths = parse_lengths(lengths_, "--length");
        for (const std::int64_t n : lengths) require_length(file, meaning.language, n);
        const AccuracyAsked asked{
            certify::name_of(file), decide::alphabet_of(network), language_, map, options(session), list_->count() > 0};
        certify::Archive archive(certificate_->count() > 0 ? std::optional(directory_) : std::nullopt);
        std::vector<certify::Accuracy> results;
        for (const std::int64_t n : lengths) {
            results.push_back(certify::count_mistakes({file, meaning.language, map}, n, asked.options, session.limits(),
                                                      archive, lengths.size() == 1 ? "" : certify::part_of_length(n)));
            draft(session, asked, results);
        }
        finish_certificate(session, archive, parts_if_several(results), "counted");
        show(session, asked, results);
        return status(results);
    }

  private:
    void require_length(const certify::NetworkFile& file, const language::Language& language, std::int64_t n) const {
        if (!language.defined_at(static_cast<std::uint64_t>(n)))
            throw base::UsageError(
                fmt::format("--length: expected a length at which {} is defined, found {}", language.name(), n));
        if (const auto* tables = std::get_if<formats::GuhatFile>(&file))
            return cli::require_length(tables->guhat, model_, n);
        if (const auto* program = std::get_if<formats::ProgramFile>(&file))
            return network::require_decisions(program->program, n);
        const network::Transformer& t = std::get<formats::ModelFile>(file).transformer;
        network::require_decidable(t, n);
    }

    int run_task(Session& session, const formats::NetworkFile& file) const {
        if (!map_.empty()) throw base::UsageError("--map: expected with --language, found with --task");
        if (arithmetic_ == "binary32")
            return run_rounded(session, file, task_, lengths_,
                               certificate_->count() > 0 ? std::optional(directory_) : std::nullopt);
        return TaskCommand{
            task_,  lengths_, true, asked_.shown, certificate_->count() > 0 ? std::optional(directory_) : std::nullopt,
            method_}
            .run(session, file);
    }

    accuracy::Options options(Session& session) const {
        accuracy::Options options = asked_;
        options.method = parse_method();
        options.back_end = logic::parse_back_end(session.options.solver);
        options.seed = session.options.seed;
        options.progress = [&session](const std::string& what) { session.progress(what); };
        return options;
    }

    accuracy::Method parse_method() const {
        if (method_ == "automatic") return accuracy::Method::automatic;
        if (method_ == "exhaustion") return accuracy::Method::exhaustion;
        if (method_ == "circuit") return accuracy::Method::circuit;
        if (method_ == "sample") return accuracy::Method::sample;
        throw base::UsageError(fmt::format("--method: expected automatic, exhaustion, circuit or sample, found '{}'",
                                           base::printable(method_)));
    }

    void show(Session& session, const AccuracyAsked& asked, const std::vector<certify::Accuracy>& results) const {
        session.print(accuracy_text(asked, results));
        if (results.size() == 1 && results.front().verdict.kept())
            session.print(
                fmt::format("    certificate {} (manifest {})\n", directory_, results.front().verdict.digest()));
        session.print_json(record::write(
            record::accuracy(asked.model, asked.alphabet, asked.language, asked.map, asked.options, results)));
    }

    void draft(Session& session, const AccuracyAsked& asked, const std::vector<certify::Accuracy>& results) const {
        session.draft([&] { show(session, asked, results); });
    }

    static int status(const std::vector<certify::Accuracy>& results) { return any_open(results) ? undecided : success; }

    accuracy::Options asked_;
    std::string model_, language_, task_, lengths_, map_, eps_, directory_, method_ = "automatic", arithmetic_ = "real";
    const CLI::Option* certificate_ = nullptr;
    const CLI::Option* list_ = nullptr;
    CLI::Option* language_option_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_accuracy() { return std::make_unique<AccuracyCommand>(); }

}  // namespace attest::cli

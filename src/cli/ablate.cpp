#include <fmt/format.h>

#include <optional>

#include "ablate_output.hpp"
#include "attest/base/error.hpp"
#include "attest/certify/ablation.hpp"
#include "attest/network/at_length.hpp"
#include "command.hpp"
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
        return "Which heads and layers the answer needs: smallest sufficient sets, and words that break without a part";
    }
    std::vector<std::string> examples() const override {
        return {"attest ablate brackets.json --language dyck:1 --length 8 --certificate b1",
                "attest ablate trained.json --same --length 6 --json"};
    }
    Uses uses() const override { return {.solver = true, .seed = true}; }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, or zoo:NAME")->required();
        auto* language =
            app.add_option("--language", language_, "The language that is to be recognised")->type_name("L");
        app.add_flag("--same", same_, "What is left is to answer as the whole model does")->excludes(language);
        app.add_option("--length", length_, "The number of symbols of the word")->required()->type_name("N");
        app.add_option("--map", map_, "What each model symbol means, e.g. a=0,b=1")
            ->type_name("PAIRS")
            ->needs(language);
        declare_eps(app, eps_);
        certificate_ =
            app.add_option("--certificate", directory_, "Keep the certificates in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        if (language_.empty() == !same_) throw base::UsageError("ablate: expected --language L or --same");
        const auto file = load_model_or_guhat(model_, eps_);
        const auto* model = std::get_if<formats::ModelFile>(&file);
        if (model == nullptr)
            throw base::UsageError("ablate: expected a model file, found tables, which have no parts");
        const std::int64_t length = parse_length(length_, "--length");
        const network::Transformer& t = model->transformer;
        network::require_decidable(t, length);
        const Map map = parse_map(map_);
        std::optional<Meaning> meaning;
        if (!same_) meaning = load_language(language_, t.alphabet, map);
        if (meaning && !meaning->language.defined_at(static_cast<std::uint64_t>(length)))
            throw base::UsageError(fmt::format("--length: expected a length at which {} is defined, found {}",
                                               meaning->language.name(), length));
        if (!same_) note_reading(session, language_);
        return ask(session, {*model, meaning ? &meaning->language : nullptr, map}, length);
    }

  private:
    int ask(Session& session, const certify::AblationSubject& subject, std::int64_t length) const {
        decide::ProveOptions options;
        options.back_end = logic::parse_back_end(session.options.solver);
        options.seed = session.options.seed;
        ablate::Options search;
        search.progress = [&session](const std::string& what) { session.progress(what); };
        certify::Archive archive(certificate_->count() > 0 ? std::optional(directory_) : std::nullopt);
        const certify::Ablation found =
            certify::ablate_parts(subject, length, options, search, session.limits(), archive);
        if (archive.keeps() && !archive.finish(found.parts)) session.note("no certificate: nothing was decided");
        const network::Transformer& t = subject.model.transformer;
        const AblateAsked asked{t, language_, subject.map, t.name};
        session.print(ablate_text(asked, found));
        if (archive.keeps()) session.print(fmt::format("  certificate {}\n", directory_));
        session.print_json(record::write(record::ablation(t, language_, subject.map, found)));
        return status(found);
    }

    static int status(const certify::Ablation& found) {
        if (found.outcome.wrong) return refuted;
        return found.outcome.sufficient.empty() ? undecided : success;
    }

    std::string model_, language_, length_, map_, eps_, directory_;
    bool same_ = false;
    const CLI::Option* certificate_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_ablate() { return std::make_unique<Ablate>(); }

}  // namespace attest::cli

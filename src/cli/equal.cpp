#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "attest/certify/equality.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/network/at_length.hpp"
#include "command.hpp"
#include "equal_output.hpp"
#include "explain.hpp"
#include "keep.hpp"
#include "lengths.hpp"
#include "method.hpp"
#include "record/equality.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

using certify::Equality;

class Equal : public Command {
  public:
    std::string name() const override { return "equal"; }
    std::string summary() const override {
        return "Do two models answer the same on all words of a length: proof, or a word on which they differ";
    }
    std::vector<std::string> examples() const override {
        return {"attest equal zoo:palindrome pruned.json --length 32 --certificate e1",
                "attest equal trained.json rounded.json --length 1..8",
                "attest equal ab.json zoo:first --map a=0,b=1 --length 10 --json"};
    }
    Uses uses() const override { return {.solver = true, .seed = true}; }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, or zoo:NAME")->required();
        app.add_option("OTHER", other_, "The model that it is held against")->required();
        app.add_option("--length", lengths_, "N, A..B, A..B*F or a list with commas")->required()->type_name("N");
        app.add_option("--map", map_, "Which symbol of OTHER each symbol of MODEL stands for, e.g. a=0,b=1")
            ->type_name("PAIRS");
        app.add_option("--method", method_, "automatic (default), circuit or exhaustion")->type_name("HOW");
        certificate_ =
            app.add_option("--certificate", directory_, "Keep the certificate in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        const certify::NetworkFile model = load_network(model_), other = load_network(other_);
        const std::vector<std::int64_t> lengths = parse_lengths(lengths_, "--length");
        require_lengths(model, model_, lengths);
        require_lengths(other, other_, lengths);
        certify::Archive archive(certificate_->count() > 0 ? std::optional(directory_) : std::nullopt);
        const std::vector<Equality> results =
            certify::compare({model, other, parse_map(map_)}, lengths, options(session), session.limits(), archive);
        for (const Equality& e : results)
            for (const std::string& text : e.notes) session.note(text);
        finish_certificate(session, archive, parts_if_several(results));
        show(session, model, other, results);
        return status(results);
    }

  private:
    static void require_lengths(const certify::NetworkFile& file, const std::string& operand,
                                const std::vector<std::int64_t>& lengths) {
        for (const std::int64_t n : lengths) {
            if (const auto* tables = std::get_if<formats::GuhatFile>(&file)) {
                require_length(tables->guhat, operand, n);
            } else if (const auto* program = std::get_if<formats::ProgramFile>(&file)) {
                network::require_decisions(program->program, n);
            } else {
                const network::Transformer& t = std::get<formats::ModelFile>(file).transformer;
                network::require_decidable(t, n);
            }
        }
    }

    decide::ProveOptions options(Session& session) const {
        decide::ProveOptions options;
        options.method = parse_method(method_);
        options.back_end = logic::parse_back_end(session.options.solver);
        options.seed = session.options.seed;
        options.progress = [&session](const std::string& what) { session.progress(what); };
        return options;
    }

    void show(Session& session, const certify::NetworkFile& model, const certify::NetworkFile& other,
              const std::vector<Equality>& results) const {
        const decide::Network first = certify::network_of(model), second = certify::network_of(other);
        const EqualAsked asked{certify::name_of(model), certify::name_of(other), decide::alphabet_of(first)};
        const std::chrono::duration<double> clock = std::chrono::steady_clock::now() - started_;
        session.print(equal_headline(asked, results, clock.count()));
        if (results.size() > 1)
            for (const Equality& e : results) session.print("  " + equal_row(asked, e) + "\n");
        else if (results.front().verdict.kept())
            session.print(
                fmt::format("  certificate {} (manifest {})\n", directory_, results.front().verdict.digest()));
        // The shortest word is the one to look at.
        const auto shortest =
            std::find_if(results.begin(), results.end(), [](const Equality& e) { return e.verdict.fails(); });
        if (shortest != results.end()) explain(session, first, second, *shortest->outcome.difference());
        session.print_json(record::write(record::equality(asked.model, asked.other, asked.alphabet, results)));
    }

    /// Both runs on the word, each over the symbols of its own.
    void explain(Session& session, const decide::Network& model, const decide::Network& other,
                 const equal::Difference& difference) const {
        const auto letters = equal::match(decide::alphabet_of(model), decide::alphabet_of(other), parse_map(map_));
        language::Word read;
        for (const language::Symbol a : difference.word) read.push_back(letters[a]);
        session.print(heading(model, difference.word, difference.model));
        show_run(session, model, difference.word);
        session.print(heading(other, read, !difference.model));
        show_run(session, other, read);
    }

    static std::string heading(const decide::Network& network, const language::Word& word, bool accepts) {
        const std::string name = std::visit([](const auto* n) { return title(*n); }, network);
        return fmt::format("  {} on \"{}\": {}\n", name, decide::alphabet_of(network).spell(word),
                           accepts ? "accept" : "reject");
    }

    static int status(const std::vector<Equality>& results) {
        int status = success;
        for (const Equality& e : results) {
            if (e.verdict.fails()) return refuted;
            if (e.verdict.is_undecided()) status = undecided;
        }
        return status;
    }

    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::string model_, other_, lengths_, map_, directory_, method_ = "automatic";
    const CLI::Option* certificate_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_equal() { return std::make_unique<Equal>(); }

}  // namespace attest::cli

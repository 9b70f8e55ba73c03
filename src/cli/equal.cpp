#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/certify/equality.hpp"
#include "attest/certify/every_length.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/network/at_length.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "equal_output.hpp"
#include "every_length.hpp"
#include "explain.hpp"
#include "keep.hpp"
#include "lengths.hpp"
#include "load_for_all_lengths.hpp"
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
        return "Do two models answer the same on all words of a length, or of all: proof, or a word on which they "
               "differ";
    }
    std::vector<std::string> examples() const override {
        return {"attest equal zoo:palindrome pruned.json --length 32 --certificate e1",
                "attest equal trained.json rounded.json --length 1..8", "attest equal dyck.brasp d2.json --length all",
                "attest equal ab.json zoo:first --map a=0,b=1 --length 10 --json",
                "attest equal sorter.json compiled.json --answers --length 1..5"};
    }
    Uses uses() const override { return {.solver = true, .seed = true}; }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, or zoo:NAME")->required();
        app.add_option("OTHER", other_, "The model that it is held against")->required();
        app.add_option("--length", lengths_, "N, A..B, A..B*F, a list with commas, or all (0.., 1..)")
            ->required()
            ->type_name("N");
        app.add_option("--map", map_, "Which symbol of OTHER each symbol of MODEL stands for, e.g. a=0,b=1")
            ->type_name("PAIRS");
        app.add_flag(
            "--answers", answers_,
            "Compare the texts that are answered, not what is accepted: of programs, and of models with classes "
            "(so it is done anyway where one of the two accepts nothing)");
        app.add_option("--method", method_, "automatic (default), circuit or exhaustion")->type_name("HOW");
        certificate_ =
            app.add_option("--certificate", directory_, "Keep the certificate in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        if (parse_every_length(lengths_, 0)) return or_give_a_length([&] { return run_every_length(session); });
        const certify::NetworkFile model = load_network(model_), other = load_network(other_);
        const std::vector<std::int64_t> lengths = parse_lengths(lengths_, "--length");
        const equal::Compared compared = what_is_compared(model, other);
        require_lengths(model, model_, lengths, compared);
        require_lengths(other, other_, lengths, compared);
        certify::Archive archive(certificate_->count() > 0 ? std::optional(directory_) : std::nullopt);
        const std::vector<Equality> results = certify::compare({model, other, parse_map(map_), {}, {}, compared},
                                                               lengths, options(session), session.limits(), archive);
        for (const Equality& e : results)
            for (const std::string& text : e.notes) session.note(text);
        finish_certificate(session, archive, parts_if_several(results));
        show(session, model, other, results);
        return status(results);
    }

  private:
    /// All lengths at once. Texts of programs are compiled, since what is proved is proved of networks.
    int run_every_length(Session& session) const {
        if (answers_) throw base::UsageError("--answers: expected with one length or several, found with all");
        if (parse_method(method_) != decide::Method::automatic)
            throw base::UsageError("--method: expected automatic for all lengths, found " + method_);
        const certify::NetworkFile model = load_for_all_lengths(model_), other = load_for_all_lengths(other_);
        const network::Transformer& first = std::get<formats::ModelFile>(model).transformer;
        const network::Transformer& second = std::get<formats::ModelFile>(other).transformer;
        const std::int64_t least = std::max(induction::least_length(first), induction::least_length(second));
        certify::Archive archive(certificate_->count() > 0 ? std::optional(directory_) : std::nullopt);
        const certify::EveryLengthEquality result = certify::compare_at_every_length(
            {model, other, parse_map(map_)}, *parse_every_length(lengths_, least), session.limits(), archive,
            [&](const std::string& what) { session.progress(what); });
        finish_certificate(session, archive, {""});
        const EqualAsked asked{first.name, second.name, first.alphabet};
        session.print(every_length_headline(asked, result));
        if (result.verdict.kept())
            session.print(fmt::format("  certificate {} (manifest {})\n", directory_, result.verdict.digest()));
        if (result.verdict.fails()) {
            const induction::Difference& found = *result.outcome.difference();
            explain(session, &first, &second, {found.word, found.model});
        }
        session.print_json(record::write(record::equality(asked.model, asked.other, asked.alphabet, result)));
        return result.verdict.holds() ? success : result.verdict.fails() ? refuted : undecided;
    }

    equal::Compared what_is_compared(const certify::NetworkFile& model, const certify::NetworkFile& other) const {
        const bool decide = equal::decides(certify::network_of(model)) && equal::decides(certify::network_of(other));
        if (!answers_ && decide) return equal::Compared::decisions;
        return equal::Compared::texts;
    }

    static void require_lengths(const certify::NetworkFile& file, const std::string& operand,
                                const std::vector<std::int64_t>& lengths, equal::Compared compared) {
        for (const std::int64_t n : lengths) {
            if (const auto* tables = std::get_if<formats::GuhatFile>(&file)) {
                require_length(tables->guhat, operand, n);
            } else if (compared == equal::Compared::texts) {
                require_answers(file, n);
            } else if (const auto* program = std::get_if<formats::ProgramFile>(&file)) {
                network::require_decisions(program->program, n);
            } else {
                const network::Transformer& t = std::get<formats::ModelFile>(file).transformer;
                network::require_decidable(t, n);
            }
        }
    }

    static void require_answers(const certify::NetworkFile& file, std::int64_t n) {
        if (const auto* program = std::get_if<formats::ProgramFile>(&file)) (void)program->program.sequence_length(n);
        else (void)network::AtLength(std::get<formats::ModelFile>(file).transformer, n);
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
        const language::Word read = equal::read_by_other(difference.word, letters);
        if (difference.texts) {
            session.print(answered(model, difference.word, difference.texts->model));
            session.print(answered(other, read, difference.texts->other));
            return;
        }
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

    static std::string answered(const decide::Network& network, const language::Word& word,
                                const std::vector<std::string>& texts) {
        const std::string name = std::visit([](const auto* n) { return title(*n); }, network);
        std::string text = fmt::format("  {} on \"{}\":", name, decide::alphabet_of(network).spell(word));
        for (const std::string& one : texts) text += " " + base::printable(one);
        return text + "\n";
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
    bool answers_ = false;
    const CLI::Option* certificate_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_equal() { return std::make_unique<Equal>(); }

}  // namespace attest::cli

#include "record/build.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/every_length.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/formats/file.hpp"
#include "base/text.hpp"
#include "build/network.hpp"
#include "certify/counting.hpp"
#include "certify/outside.hpp"
#include "command.hpp"
#include "every_length.hpp"
#include "formulas.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "lengths.hpp"
#include "regular_language.hpp"

namespace attest::cli {

namespace {

using certify::Recognition;

class BuildCommand : public Command {
  public:
    std::string name() const override { return "build"; }
    std::string summary() const override {
        return "A network, a C-RASP program or a formula that recognises a regular language, and its proof";
    }
    std::vector<std::string> examples() const override {
        return {"attest build 'regex:(a(ab)*b)*' --kind uhat -o d2.json",
                "attest build 'regex:(ab|ba)*' --kind crasp -o p.crasp --certificate out/p",
                "attest build tomita:7 --tie left -o t7.json --length 0..12 --certificate out/t7",
                "attest build 'regex:(abab)*' --kind foc -o abab.foc",
                "attest build 'regex:.*a.*b.*' --alphabet abc --mask strict-future -o ab.json"};
    }
    Uses uses() const override {
        return {.solver = true, .seed = true, .threads = "Lengths that are proved at a time"};
    }
    void declare(CLI::App& app) override {
        app.add_option("LANGUAGE", language_, "A regular language; attest languages lists them")->required();
        app.add_option("--alphabet", alphabet_, "The symbols of regex: and contains: (default: those of the pattern)")
            ->type_name("SYMBOLS");
        app.add_option(
               "--kind", kind_,
               "uhat (default): unique hard attention, strict mask, one head a layer; crasp: a program of counts, "
               "where there is one; foc: a formula of FOC[+;MOD], where there is one")
            ->check(CLI::IsMember({"uhat", "crasp", "foc"}))
            ->type_name("KIND");
        app.add_option("--tie", tie_,
                       "Of equal scores the last (right): for any language of the kind; or the first (left): for "
                       "R-trivial ones (default: left where that is enough). With another mask: right")
            ->check(CLI::IsMember({"right", "left"}))
            ->type_name("TIE");
        app.add_option(
               "--mask", mask_,
               "What is further left is seen (strict, default); all (none), for languages that ask only which "
               "symbols occur; what is further left and the position itself (causal), for star-free ones that do "
               "not count repetitions; what is further right (strict-future), for L-trivial ones")
            ->check(CLI::IsMember({"strict", "none", "causal", "strict-future"}))
            ->type_name("MASK");
        app.add_option("-o,--output", output_, "Where the model file is written, or the program, or the formula")
            ->required()
            ->type_name("FILE");
        app.add_option("--length", lengths_, "Lengths at which it is proved: all (default; 0.., 1..), N, A..B …")
            ->type_name("N");
        app.add_option("--certificate", directory_, "Keep the certificates in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        const language::Language language = load_over(language_, alphabet_);
        note_reading(session, language_);
        for (const auto& [option, value] : {std::pair{"--tie", tie_}, std::pair{"--mask", mask_}})
            if (kind_ != "uhat" && !value.empty())
                throw base::UsageError(fmt::format("{}: expected with --kind uhat, found with {}", option, kind_));
        if (kind_ == "crasp") return build_program(session, language);
        if (kind_ == "foc") {
            return BuildFormula{language, output_, lengths_,
                                directory_.empty() ? std::nullopt : std::optional(directory_)}
                .run(session);
        }
        const build::Built built = build::build_network(certify::minimal_automaton(language), name_of(language),
                                                        construction(), session.limits());
        const std::string bytes = formats::write_model(built.transformer);
        const formats::ModelFile file{formats::parse_model(bytes, output_), bytes, "", ""};
        certify::Archive archive(directory_.empty() ? std::nullopt : std::optional(directory_));
        if (const auto from = parse_every_length(lengths_, 0))
            return prove_every_length(session, {file, language, {}}, built, *from, archive);
        const std::vector<Recognition> proved = prove(session, file, language, archive);
        finish_certificate(session, archive, parts_if_several(proved));
        base::write_file(output_, bytes);
        session.print(text(language, built) + text_of(proved));
        session.print_json(record::write(record::build_result(language, built, output_, proved)));
        return std::all_of(proved.begin(), proved.end(), [](const Recognition& r) { return r.verdict.holds(); })
                   ? success
                   : undecided;
    }

  private:
    /// A C-RASP program, which is proved at all lengths but 0.
    /// Throws  InternalError if it is wrong
    int build_program(Session& session, const language::Language& language) const {
        if (parse_every_length(lengths_, 1) != 1)
            throw base::UsageError("--length: expected all or 1.. with --kind crasp, found " + lengths_);
        const build::CountingProgram built =
            build::counting_program(certify::minimal_automaton(language), session.limits());
        certify::Archive archive(directory_.empty() ? std::nullopt : std::optional(directory_));
        const certify::CountingResult proved = certify::recognise_by_counting(
            {name_of(language), built.text, programs::crasp::parse(built.text, output_), language, {}},
            session.limits(), archive, [&](const std::string& what) { session.progress(what); });
        if (const decide::Counterexample* wrong = proved.outcome.counterexample())
            throw base::InternalError(fmt::format("the program that was built for {} is wrong on \"{}\"",
                                                  language.name(), language.alphabet().spell(wrong->word)));
        finish_certificate(session, archive, {""});
        base::write_file(output_, built.text);
        const verdict::Verdict& v = proved.verdict;
        session.print(fmt::format("BUILT {} for {}: a C-RASP program of {}, nested {} deep\n", output_, language.name(),
                                  base::counted(built.counters, "counter"), built.depth));
        session.print(v.holds() ? fmt::format("  proved at every length but 0: a linear invariant of {}, kept by {}\n",
                                              base::counted(proved.outcome.proof()->lists(), "list"),
                                              base::counted(proved.outcome.proof()->line_count(), "line"))
                                : fmt::format("  undecided at every length: {}: {}\n", to_string(v.why().reason),
                                              v.why().detail));
        if (v.kept()) session.print(fmt::format("  certificate {} (manifest {})\n", directory_, v.digest()));
        session.print_json(record::write(record::build_result(language, built, output_, proved)));
        return v.holds() ? success : undecided;
    }

    std::optional<build::Construction> construction() const {
        if (!mask_.empty() && mask_ != "strict") {
            if (tie_ == "left")
                throw base::UsageError(fmt::format("--tie: expected right with --mask {}, found left", mask_));
            if (mask_ == "none") return build::Construction::sets;
            return mask_ == "causal" ? build::Construction::causal_cascade : build::Construction::mirrored_exits;
        }
        if (tie_.empty()) return std::nullopt;
        return tie_ == "left" ? build::Construction::exits : build::Construction::cascade;
    }

    static std::string name_of(const language::Language& language) { return base::printable(language.name()); }

    static std::string how_closed(const induction::Outcome& outcome) {
        if (const induction::Closure* closure = outcome.closure())
            return fmt::format("closed with {} pairs of states", closure->states);
        return fmt::format("by an invariant of {} conjuncts", outcome.invariant()->conjuncts);
    }

    /// That the network is right, at all lengths at once.
    /// Throws  InternalError if it is not: then the construction is wrong, or what it builds on
    int prove_every_length(Session& session, const certify::Subject& subject, const build::Built& built,
                           std::int64_t from, certify::Archive& archive) const {
        const language::Language& language = subject.language;
        const certify::EveryLength proved = certify::recognise_at_every_length(
            subject, from, session.limits(), archive, [&](const std::string& what) { session.progress(what); });
        if (const decide::Counterexample* wrong = proved.outcome.counterexample())
            throw base::InternalError(fmt::format("the network that was built for {} is wrong on \"{}\"",
                                                  language.name(), language.alphabet().spell(wrong->word)));
        finish_certificate(session, archive, {""});
        base::write_file(output_, subject.model.bytes);
        const verdict::Verdict& v = proved.verdict;
        session.print(text(language, built) + (v.holds()
                                                   ? fmt::format("  proved at every length{}: {}\n",
                                                                 from == 0 ? "" : " but 0", how_closed(proved.outcome))
                                                   : fmt::format("  undecided at every length: {}: {}\n",
                                                                 to_string(v.why().reason), v.why().detail)));
        if (v.kept()) session.print(fmt::format("  certificate {} (manifest {})\n", directory_, v.digest()));
        session.print_json(record::write(record::build_result(language, built, output_, proved)));
        return v.holds() ? success : undecided;
    }

    /// The same at single lengths.
    std::vector<Recognition> prove(Session& session, const formats::ModelFile& file, const language::Language& language,
                                   certify::Archive& archive) const {
        certify::RangeOptions options;
        options.prove.back_end = logic::parse_back_end(session.options.solver);
        options.prove.seed = session.options.seed;
        options.threads = session.options.threads;
        options.progress = [&](std::size_t, std::int64_t length, const std::string& what) {
            session.progress(fmt::format("length {}: {}", length, what));
        };
        std::vector<Recognition> proved = certify::recognise({file, language, {}}, parse_lengths(lengths_, "--length"),
                                                             options, session.limits(), archive);
        for (const Recognition& r : proved)
            if (r.verdict.fails())
                throw base::InternalError(
                    fmt::format("the network that was built for {} is wrong at length {}", language.name(), r.length));
        return proved;
    }

    std::string text(const language::Language& language, const build::Built& built) const {
        const network::Transformer& t = built.transformer;
        const bool is_masked = built.construction != build::Construction::sets;
        std::string attention = is_masked ? "ties to the right" : "no mask";
        for (const network::Layer& layer : t.layers)
            if (layer.attention && is_masked)
                attention = fmt::format("{}ties to the {}", mask_.empty() ? "" : mask_ + " mask, ",
                                        to_string(layer.attention->tie));
        const std::size_t heads = build::most_heads(t);
        return fmt::format("BUILT {} for {}: {} with {}, dimension {}, {}{}\n", output_, language.name(),
                           base::counted(build::attention_layers(t), "layer"),
                           heads <= 1 ? "one head" : base::counted(heads, "head"), t.dimension, attention,
                           built.modulus > 1 ? fmt::format(", positions modulo {}", built.modulus) : "");
    }

    static std::string text_of(const std::vector<Recognition>& proved) {
        std::string text;
        std::size_t verified = 0;
        for (const Recognition& r : proved) {
            verified += r.verdict.holds() ? 1 : 0;
            if (!r.verdict.holds())
                text += fmt::format("  length {} undecided: {}: {}\n", r.length, to_string(r.verdict.why().reason),
                                    r.verdict.why().detail);
        }
        return text + fmt::format("  proved at {} of {} lengths, {} to {}\n", verified, proved.size(),
                                  proved.front().length, proved.back().length);
    }

    std::string language_, alphabet_, kind_ = "uhat", tie_, mask_, output_, lengths_ = "all", directory_;
};

}  // namespace

std::unique_ptr<Command> make_build() { return std::make_unique<BuildCommand>(); }

}  // namespace attest::cli

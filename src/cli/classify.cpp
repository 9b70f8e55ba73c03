#include "record/classify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/command_line.hpp"
#include "base/text.hpp"
#include "certify/outside.hpp"
#include "class_census.hpp"
#include "class_output.hpp"
#include "command.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "number.hpp"
#include "regular_language.hpp"

namespace attest::cli {

namespace {

using certify::ClassReport;

class ClassifyCommand : public Command {
  public:
    std::string name() const override { return "classify"; }
    std::string summary() const override {
        return "What a regular language is, and which kinds of transformers recognise it";
    }
    std::vector<std::string> examples() const override {
        return {"attest classify 'regex:(ab|bba)*'", "attest classify parity --certificate out/p",
                "attest classify 'regex:.*ab.*' --alphabet abc --json",
                "attest classify --census 4 --plot classes.svg"};
    }
    Uses uses() const override { return {.threads = "With --census: look at so many tables at once"}; }
    void declare(CLI::App& app) override {
        app.add_option("LANGUAGE", language_, "A regular language; attest languages lists them");
        app.add_option("--alphabet", alphabet_, "The symbols of regex: and contains: (default: those of the pattern)")
            ->type_name("SYMBOLS");
        app.add_option("--certificate", directory_,
                       "Keep the certificates, of each no and of each network, in this directory")
            ->type_name("DIR");
        census_ = app.add_option("--census", asked_.states,
                                 "Instead of a language: how many of those whose minimal automaton has Q states are of "
                                 "which classes")
                      ->transform(within<std::size_t>(1, 16))
                      ->type_name("Q")
                      ->excludes("LANGUAGE")
                      ->excludes("--alphabet")
                      ->excludes("--certificate");
        app.add_option("--letters", asked_.letters, "Over so many letters (default 2)")
            ->transform(within<std::size_t>(1, 26))
            ->type_name("K")
            ->needs(census_);
        app.add_option("--plot", asked_.plot, "Draw the classes, which is inside of which, and the census, as SVG")
            ->type_name("FILE")
            ->needs(census_);
        app.add_option("--journal", asked_.journal, "With --on: the folder in which shares of the tables are kept")
            ->type_name("DIR")
            ->needs(census_);
        asked_.placement.declare(app, "shares of the tables of --census");
    }

    int run(Session& session) override {
        if (asked_.placement.is_asked() != !asked_.journal.empty() ||
            (asked_.placement.is_asked() && census_->count() == 0))
            throw base::UsageError("--on, --journal: expected both with --census Q");
        if (census_->count() > 0) return class_census(session, asked_);
        if (language_.empty()) throw base::UsageError("LANGUAGE: expected a language, or --census Q");
        const language::Language language = load_over(language_, alphabet_);
        note_reading(session, language_);
        certify::Archive archive(directory_.empty() ? std::nullopt : std::optional(directory_));
        session.progress("classifying");
        const ClassReport report = certify::classify_language(language, session.limits(), archive);
        finish_certificate(session, archive, report.parts, "found");
        session.print(text(language, report));
        session.print_json(record::write(record::classification(language, report, build_words())));
        return was_ended(report) ? undecided : success;
    }

  private:
    /// Whether a limit kept a witness or a network from being checked.
    static bool was_ended(const ClassReport& report) {
        const auto by_limit = [](const verdict::Verdict& v) {
            return v.is_undecided() && v.why().reason != verdict::Reason::unsupported &&
                   v.why().reason != verdict::Reason::unchecked;
        };
        bool ended = false;
        for (const certify::Outside& outside : report.outside) ended = ended || by_limit(outside.verdict);
        for (const certify::BuiltNetwork& network : report.networks)
            ended = ended || (network.proved && by_limit(network.proved->verdict));
        for (const auto& counted : {report.formula, report.program})
            ended = ended || (counted && counted->verdict && by_limit(*counted->verdict));
        return ended;
    }

    /// What `attest` is asked with to build something for the language, but for options.
    std::vector<std::string> build_words() const {
        std::vector<std::string> words{"build", language_};
        if (!alphabet_.empty()) words.insert(words.end(), {"--alphabet", alphabet_});
        return words;
    }

    std::string text(const language::Language& language, const ClassReport& report) const {
        const classify::Classification& found = report.found;
        const auto count = std::count(found.in.in.begin(), found.in.in.end(), true);
        std::string text = fmt::format("CLASSES of {} over {}: in {} of {}, {:.2f} s\n", language.name(),
                                       language.alphabet().describe(), count, classify::class_count, report.seconds);
        text += fmt::format("  automaton  {}, the minimal one\n", base::counted(found.states, "state"));
        text += fmt::format("  monoid     {}, the greatest group in it of {}", base::counted(found.monoid, "element"),
                            found.largest_group);
        if (report.stability)
            text +=
                fmt::format(", stable from length {} on with {}", report.stability->index, report.stability->semigroup);
        text += "\n";
        if (found.modulus)
            text += fmt::format("  modulus    {}: words whose length it divides have no group\n", *found.modulus);
        else text += "  modulus    none: some words of one length have a group\n";
        std::string build = "attest";
        for (const std::string& word : build_words()) build += " " + base::shell_word(word);
        return text + class_rows(language.alphabet(), report, build);
    }

    std::string language_, alphabet_, directory_;
    CLI::Option* census_ = nullptr;
    ClassCensusAsked asked_;
};

}  // namespace

std::unique_ptr<Command> make_classify() { return std::make_unique<ClassifyCommand>(); }

}  // namespace attest::cli

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "build/network.hpp"
#include "build/text.hpp"
#include "certify/model_language.hpp"
#include "class_output.hpp"
#include "command.hpp"
#include "counted_language.hpp"
#include "keep.hpp"
#include "language/automaton_file.hpp"
#include "language/shortest_words.hpp"
#include "load_counting.hpp"
#include "load_for_all_lengths.hpp"
#include "record/model_language.hpp"

namespace attest::cli {

namespace {

using certify::LanguageReport;
using record::LanguageTexts;

constexpr std::size_t most_words = 8, most_rows = 24, longest_text = 1500;

/// What a file is written for, by its ending.
struct Format {
    std::string_view ending;
    std::function<std::string(const LanguageReport&, const LanguageTexts&, const std::string& name)> write;
};

std::string text_or_refuse(const std::optional<std::string>& text, const char* what) {
    if (!text) throw base::Unsupported(fmt::format("language: there is no {} for this language", what));
    return *text;
}

const std::vector<Format>& formats_written() {
    static const std::vector<Format> all = {
        {".json",
         [](const LanguageReport& r, const LanguageTexts&, const std::string&) { return write_dfa(r.lettered); }},
        {".hoa", [](const LanguageReport& r, const LanguageTexts&,
                    const std::string& name) { return write_hoa(r.lettered, name); }},
        {".dot", [](const LanguageReport& r, const LanguageTexts&,
                    const std::string& name) { return write_dot(r.found->automaton, name); }},
        {".ltl", [](const LanguageReport&, const LanguageTexts& texts,
                    const std::string&) { return text_or_refuse(texts.ltl, "text in LTL"); }},
        {".brasp",
         [](const LanguageReport&, const LanguageTexts& texts, const std::string&) {
             return text_or_refuse(texts.brasp, "text in B-RASP, which has no positions modulo a number");
         }},
    };
    return all;
}

const Format& format_of(const std::string& file) {
    for (const Format& format : formats_written())
        if (std::filesystem::path(file).extension() == format.ending) return format;
    throw base::UsageError(fmt::format("-o: expected a file that ends with .json, .hoa, .dot, .ltl or .brasp, found {}",
                                       base::named(file)));
}

class ModelLanguageCommand : public Command {
  public:
    std::string name() const override { return "language"; }
    std::string summary() const override {
        return "What a model recognises, at every length: its minimal automaton, classes and a formula";
    }
    std::vector<std::string> examples() const override {
        return {"attest language zoo:tomita-4", "attest language model.json -o model.dot -o model.ltl",
                "attest language dyck.brasp --certificate out/dyck --json", "attest language majority.crasp"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_,
                       "A model file or the text of a program (.brasp, .ltl, .crasp), or zoo:NAME; of a program that "
                       "counts symbols alone, how often they may stand in words that are accepted")
            ->required();
        app.add_option(
               "-o,--output", outputs_,
               "Write the automaton (.json, .hoa, .dot), or the language as a formula (.ltl) or program (.brasp); "
               "again for each")
            ->allow_extra_args(false)
            ->type_name("FILE");
        app.add_option("--certificate", directory_, "Keep the certificates in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        for (const std::string& file : outputs_) (void)format_of(file);
        if (is_counting(model_)) {
            const CountingText text = load_counting_text(model_);
            if (counts_symbols_only(text.program)) return run_by_counts(session, text);
        }
        const formats::ModelFile model = load_for_all_lengths(model_);
        certify::Archive archive(directory_.empty() ? std::nullopt : std::optional(directory_));
        session.progress("running the sequential machine");
        const LanguageReport report = certify::find_language(model, session.limits(), archive,
                                                             [&](const std::string& what) { session.progress(what); });
        const LanguageTexts texts = texts_of(report, model.transformer, session.limits());
        finish_certificate(session, archive, report.parts);
        if (report.found) write_files(report, texts, model.transformer.name);
        session.print(headline(model.transformer, report));
        if (report.found) session.print(body(model.transformer, report, texts));
        record::ModelLanguage record = record::model_language(model.transformer, report, texts);
        if (report.found) record.written = outputs_;
        session.print_json(record::write(record));
        return report.verdict.holds() ? success : undecided;
    }

  private:
    int run_by_counts(Session& session, const CountingText& text) const {
        if (!outputs_.empty() || !directory_.empty())
            throw base::UsageError(
                "language: a program that counts symbols alone has no automaton to write and no certificate; leave out "
                "-o and --certificate");
        return print_counted_language(session, text.name, text.program);
    }

    /// Words and formulas; no formula where there is none, or the cascade is too large.
    static LanguageTexts texts_of(const LanguageReport& report, const network::Transformer& model,
                                  const base::Limits& limits) {
        LanguageTexts texts;
        if (!report.found) return texts;
        const language::Dfa& automaton = report.found->automaton;
        const auto from = static_cast<std::size_t>(report.from);
        texts.accepted = language::shortest_words(automaton, true, most_words, from);
        texts.rejected = language::shortest_words(automaton, false, most_words, from);
        if (!report.classes) return texts;
        try {
            const build::Planned planned = build::plan_network(automaton, model.name, std::nullopt, limits);
            texts.ltl = build::ltl_text(planned.plan);
            if (planned.plan.modulus == 1) texts.brasp = build::brasp_text(planned.plan);
        } catch (const base::Unsupported&) {
            return texts;
        }
        return texts;
    }

    void write_files(const LanguageReport& report, const LanguageTexts& texts, const std::string& name) const {
        std::vector<std::string> contents;
        for (const std::string& file : outputs_) contents.push_back(format_of(file).write(report, texts, name));
        for (std::size_t k = 0; k < outputs_.size(); ++k) base::write_file(outputs_[k], contents[k]);
    }

    static std::string headline(const network::Transformer& model, const LanguageReport& report) {
        const std::string name = base::named(model.name);
        const char* lengths = report.from == 0 ? "every length" : "every length but 0";
        if (!report.found || !report.verdict.holds())
            return fmt::format("UNDECIDED what {} recognises at {} after {:.2f} s: {}: {}\n", name, lengths,
                               report.seconds, to_string(report.verdict.why().reason), report.verdict.why().detail);
        return fmt::format(
            "VERIFIED {} recognises at {} what an automaton of {} accepts, the minimal one, in {:.2f} s: all {} pairs "
            "of "
            "states looked at, and again by the checker\n",
            name, lengths, base::counted(report.found->automaton.size(), "state"), report.seconds,
            report.found->closure.states);
    }

    static std::string words_line(const char* what, const language::Alphabet& alphabet,
                                  const std::vector<language::Word>& words) {
        std::string list;
        for (const language::Word& word : words)
            list += fmt::format("{}{}", list.empty() ? "" : " ", base::quoted(alphabet.spell(word), 200));
        return fmt::format("  {:10} {}{}\n", what, words.empty() ? "no word" : list,
                           words.size() == most_words ? " …" : "");
    }

    static std::string machine_line(const induction::ModelLanguage& found) {
        const induction::Closure& c = found.closure;
        std::string text = fmt::format("  {:10} {}", "machine", base::counted(found.states, "state"));
        if (c.first > 0) text += fmt::format(", positions up to {} one by one", c.first);
        if (c.period > 1) text += fmt::format(", positions modulo {}", c.period);
        if (c.window > 0) text += fmt::format(", a window of {}", c.window);
        return text + "\n";
    }

    static std::string automaton_text(const language::Dfa& dfa) {
        if (dfa.size() > most_rows)
            return fmt::format("  {:10} {}; -o FILE.json, .hoa or .dot writes them\n", "automaton",
                               base::counted(dfa.size(), "state"));
        std::size_t width = 3;
        for (const std::string& symbol : dfa.alphabet.symbols()) width = std::max(width, symbol.size());
        std::string text = fmt::format("  {:10} {:5}", "automaton", "state");
        for (const std::string& symbol : dfa.alphabet.symbols())
            text += fmt::format("  {:>{}}", base::printable(symbol), width);
        text += "\n";
        for (std::size_t q = 0; q < dfa.size(); ++q) {
            text += fmt::format("  {:10} {:>5}", q == dfa.start ? "start" : "", q);
            for (const auto to : dfa.transition[q]) text += fmt::format("  {:>{}}", to, width);
            text += dfa.accepting[q] ? "  accepts\n" : "\n";
        }
        return text;
    }

    static std::string formula_text(const char* name, const char* ending, const std::optional<std::string>& text) {
        if (!text) return fmt::format("  {:10} none\n", name);
        if (text->size() > longest_text)
            return fmt::format("  {:10} {} lines; -o FILE{} writes them\n", name,
                               std::count(text->begin(), text->end(), '\n'), ending);
        std::string lines = fmt::format("  {}\n", name);
        for (std::size_t from = 0; from < text->size();) {
            const std::size_t end = text->find('\n', from);
            lines += "    " + text->substr(from, end - from) + "\n";
            from = end + 1;
        }
        return lines;
    }

    static std::string body(const network::Transformer& model, const LanguageReport& report,
                            const LanguageTexts& texts) {
        const induction::ModelLanguage& found = *report.found;
        std::string text = machine_line(found) + automaton_text(found.automaton) +
                           words_line("accepts", model.alphabet, texts.accepted) +
                           words_line("rejects", model.alphabet, texts.rejected);
        if (!report.classes) return text + fmt::format("  {:10} {}\n", "classes", report.no_classes);
        const classify::Classification& classes = report.classes->found;
        text += fmt::format("  {:10} {}, the greatest group in it of {}\n", "monoid",
                            base::counted(classes.monoid, "element"), classes.largest_group);
        text += fmt::format("  {:10} {}\n", "modulus", classes.modulus.value_or(0));
        return text + class_rows(model.alphabet, *report.classes) + formula_text("LTL", ".ltl", texts.ltl) +
               formula_text("B-RASP", ".brasp", texts.brasp);
    }

    std::string model_, directory_;
    std::vector<std::string> outputs_;
};

}  // namespace

std::unique_ptr<Command> make_language() { return std::make_unique<ModelLanguageCommand>(); }

}  // namespace attest::cli

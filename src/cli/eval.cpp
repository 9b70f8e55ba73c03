#include "record/eval.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/json.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/soft/judge.hpp"
#include "attest/verdict/verdict.hpp"
#include "command.hpp"
#include "record/words.hpp"
#include "report/attribution.hpp"
#include "report/trace.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

class Eval : public Command {
  public:
    std::string name() const override { return "eval"; }
    std::string summary() const override { return "Evaluate words exactly, or in balls"; }
    std::vector<std::string> examples() const override {
        return {"attest eval zoo:palindrome --word 0110 0111", "attest eval model.json --words words.txt --json",
                "attest eval zoo:first --word 10 --trace",
                "attest eval zoo:chiang-cholak-parity --word 0110 --trace --attribute",
                "attest eval zoo:chiang-cholak-parity --word 0110 --json"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, or zoo:NAME")->required();
        app.add_option("--word", words_,
                       "Words, as their symbols (with blanks between, where one has several characters)");
        app.add_option(
               "--words", files_,
               "Files of words, one a line; .json: a list of lists of symbols; .jsonl: such a list a line; - for stdin")
            ->type_name("FILE");
        declare_eps(app, eps_);
        app.add_flag("--trace", trace_, "Show where each head looks");
        app.add_flag(
            "--attribute", attribute_,
            "Show what embedding, heads and feed-forward parts add to the score, norms being held as they were");
    }

    int run(Session& session) override {
        const formats::NetworkFile subject = load_network(model_, eps_);
        const base::Limits limits = session.limits();
        if (const auto* program = std::get_if<formats::ProgramFile>(&subject))
            return run_program(session, program->program, limits);
        if (const auto* tables = std::get_if<formats::GuhatFile>(&subject))
            return run_tables(session, tables->guhat, limits);
        const network::Transformer& t = std::get<formats::ModelFile>(subject).transformer;
        const std::vector<language::Word> words = all_words(t.alphabet);
        if (!t.readout.decides()) return run_classes(session, t, words, limits);
        if (t.kind() == network::AttentionKind::softmax) return run_soft(session, t, words, limits);
        return run_exact(session, t, words, limits);
    }

  private:
    using Entry = record::Eval::Word;

    static std::string reason(std::optional<base::Limit> limit) {
        return verdict::to_string(limit ? verdict::reason_of(*limit) : verdict::Reason::imprecise);
    }
    /// What there is if the next word is too long.
    static void keep(Session& session, const record::Eval& record) {
        session.draft([&] { session.print_json(record::write(record)); });
    }
    static void tell(Session& session, const Entry& entry) {
        session.print_verbatim(fmt::format("{} {}\n", entry.word, entry.answer));
    }
    static int finish(Session& session, const record::Eval& record, std::optional<base::Limit> stopped) {
        if (stopped) session.note(fmt::format("stopped before all words were evaluated: {}", reason(*stopped)));
        session.print_json(record::write(record));
        const auto open = [](const Entry& entry) { return entry.answer == "undecided"; };
        return std::any_of(record.results.begin(), record.results.end(), open) ? undecided : success;
    }

    std::vector<language::Word> all_words(const language::Alphabet& alphabet) const {
        std::vector<language::Word> words;
        for (const std::string& text : words_) words.push_back(alphabet.parse(text, "--word"));
        for (const std::string& path : files_) read_words(path, alphabet, words);
        if (words_.empty() && files_.empty())
            throw base::UsageError("eval: expected words (--word, or --words FILE), found none");
        return words;
    }

    int run_exact(Session& session, const network::Transformer& t, const std::vector<language::Word>& words,
                  const base::Limits& limits) const {
        record::Eval record{t.name, {}};
        std::map<std::size_t, network::Evaluator> evaluators;  // by length: what depends on it is computed once
        std::optional<base::Limit> stopped;
        for (const language::Word& word : words) {
            if (!stopped) stopped = limits.exceeded();
            if (stopped) {
                record.results.push_back(undecided_entry(t.alphabet, word, stopped));
                tell(session, record.results.back());
                continue;
            }
            session.progress(fmt::format("[{}/{}] words", record.results.size(), words.size()));
            const network::Evaluator& evaluator =
                evaluators.try_emplace(word.size(), t, static_cast<std::int64_t>(word.size())).first->second;
            record.results.push_back(exact_entry(session, evaluator, t, word));
            keep(session, record);
        }
        return finish(session, record, stopped);
    }

    Entry exact_entry(Session& session, const network::Evaluator& evaluator, const network::Transformer& t,
                      const language::Word& word) const {
        network::Trace trace;
        const network::Evaluation evaluation = evaluator.evaluate(word, trace_ ? &trace : nullptr);
        Entry entry;
        entry.word = t.alphabet.spell(word);
        entry.answer = record::answer_word(evaluation.accepts);
        add_score(entry, evaluation);
        if (t.readout.classes) add_classes(entry, t, evaluator.answer(word));
        tell(session, entry);
        if (trace_) {
            session.print(report::trace_text(t, word, trace, evaluation));
            entry.trace = record::trace(t, word, trace);
        }
        if (attribute_) attribute(session, entry, t, soft::attribute_exactly(t, word, soft::Precision().first));
        return entry;
    }

    /// What the parts of a model add to the score; as text after what is there.
    static void attribute(std::string& text, Entry& entry, const network::Transformer& t,
                          const soft::Attribution& found) {
        text += report::attribution_text(t, found);
        entry.attribution = record::attribution(t, found);
    }
    static void attribute(Session& session, Entry& entry, const network::Transformer& t,
                          const soft::Attribution& found) {
        std::string text;
        attribute(text, entry, t, found);
        session.print(text);
    }

    static Entry undecided_entry(const language::Alphabet& alphabet, const language::Word& word,
                                 std::optional<base::Limit> why) {
        Entry entry;
        entry.word = alphabet.spell(word);
        entry.answer = "undecided";
        entry.reason = reason(why);
        return entry;
    }

    /// `b`, or a class for each position; `?` where the balls do not tell.
    static std::string classes_text(const Entry& entry) {
        std::string text;
        for (const auto& c : *entry.classes) text += " " + c.value_or("?");
        return text;
    }

    /// Models that say classes, and neither accept nor reject.
    int run_classes(Session& session, const network::Transformer& t, const std::vector<language::Word>& words,
                    const base::Limits& limits) const {
        if (attribute_ && t.readout.reading == network::Readout::Reading::each)
            throw base::UsageError("--attribute: expected a model with one answer, found a class at each position");
        record::Eval record{t.name, {}};
        for (const language::Word& word : words) {
            std::string below;
            record.results.push_back(classes_entry(t, word, limits, below));
            const Entry& entry = record.results.back();
            session.print_verbatim(fmt::format("{}{}\n", entry.word, classes_text(entry)));
            session.print(below);
            keep(session, record);
        }
        return finish(session, record, std::nullopt);
    }

    /// `text` becomes that of the trace and of the attribution, if they were asked for.
    Entry classes_entry(const network::Transformer& t, const language::Word& word, const base::Limits& limits,
                        std::string& text) const {
        Entry entry;
        entry.word = t.alphabet.spell(word);
        entry.answer = "classes";
        const auto length = static_cast<std::int64_t>(word.size());
        if (t.kind() != network::AttentionKind::softmax) {
            network::Trace trace;
            const network::Answers answers = network::Evaluator(t, length).answer(word, trace_ ? &trace : nullptr);
            add_classes(entry, t, answers);
            if (trace_) {
                text = report::trace_text(t, word, trace, answers);
                entry.trace = record::trace(t, word, trace);
            }
            if (attribute_) attribute(text, entry, t, soft::attribute_exactly(t, word, soft::Precision().first));
            return entry;
        }
        soft::Judge judge(t, length);
        const soft::Classification found = judge.classify(word, limits);
        add_classes(entry, t, found);
        if (trace_ && found.bits > 0) {
            std::vector<soft::HeadSeen> heads;
            (void)judge.evaluator(found.bits).answer(word, {.heads = &heads});
            text = report::trace_text(t, word, heads, found);
            entry.trace = record::trace(t, word, heads);
        }
        if (attribute_ && found.bits > 0) attribute(text, entry, t, soft::attribute(t, word, found.bits));
        if (found.is_certain()) return entry;
        entry.answer = "undecided";
        entry.reason = reason(found.limit);
        return entry;
    }

    /// Programs accept and reject if they say which answers accept; else the answers are what there is.
    int run_program(Session& session, const network::Program& program, const base::Limits& limits) const {
        if (attribute_) throw base::UsageError("--attribute: expected a model with a score, found a program");
        record::Eval record{program.name, {}};
        std::optional<base::Limit> stopped;
        for (const language::Word& word : all_words(program.alphabet)) {
            if (!stopped) stopped = limits.exceeded();
            if (stopped) {
                record.results.push_back(undecided_entry(program.alphabet, word, stopped));
                tell(session, record.results.back());
                continue;
            }
            record.results.push_back(program_entry(session, program, word));
            keep(session, record);
        }
        return finish(session, record, stopped);
    }

    Entry program_entry(Session& session, const network::Program& program, const language::Word& word) const {
        network::ProgramTrace trace;
        const std::vector<std::string> answers = network::answers(program, word, trace_ ? &trace : nullptr);
        const bool decides = !program.output.accept.empty() && !answers.empty();
        Entry entry;
        entry.word = program.alphabet.spell(word);
        entry.answer = decides ? record::answer_word(network::accepts(program, answers)) : "classes";
        entry.classes.emplace(answers.begin(), answers.end());
        if (decides) tell(session, entry);
        else session.print_verbatim(fmt::format("{}{}\n", entry.word, classes_text(entry)));
        if (!trace_) return entry;
        session.print(report::trace_text(program, word, trace, answers));
        entry.program_trace = record::trace(program, word, trace);
        return entry;
    }

    /// Tables decide every word of their length, and have no score.
    int run_tables(Session& session, const network::Guhat& tables, const base::Limits& limits) const {
        if (attribute_) throw base::UsageError("--attribute: expected a model with a score, found tables");
        record::Eval record{tables.name, {}};
        network::GuhatEvaluator evaluator(tables);
        std::optional<base::Limit> stopped;
        for (const language::Word& word : all_words(tables.alphabet)) {
            if (!stopped) stopped = limits.exceeded();
            Entry entry = undecided_entry(tables.alphabet, word, stopped);
            network::GuhatTrace trace;
            if (!stopped) {
                entry.answer = record::answer_word(evaluator.accepts(word, trace_ ? &trace : nullptr));
                entry.reason.reset();
            }
            tell(session, entry);
            if (trace_ && !stopped) {
                session.print(report::trace_text(tables, word, trace, entry.answer == "accept"));
                entry.trace = record::trace(tables, word, trace);
            }
            record.results.push_back(std::move(entry));
        }
        return finish(session, record, stopped);
    }

    /// In balls: the score is an interval, and a sign that no precision shows is undecided.
    int run_soft(Session& session, const network::Transformer& t, const std::vector<language::Word>& words,
                 const base::Limits& limits) const {
        record::Eval record{t.name, {}};
        std::map<std::size_t, soft::Judge> judges;
        std::optional<base::Limit> stopped;
        for (const language::Word& word : words) {
            session.progress(fmt::format("[{}/{}] words", record.results.size(), words.size()));
            soft::Judge& judge =
                judges.try_emplace(word.size(), t, static_cast<std::int64_t>(word.size())).first->second;
            const soft::Judgement judged = judge.judge(word, limits);
            record.results.push_back(soft_entry(session, t, word, judge, judged, limits));
            keep(session, record);
            if (judged.accepts) continue;
            if (!stopped) stopped = judged.limit;
            if (!judged.limit) note_imprecise(session, record.results.back().word, judged);
        }
        return finish(session, record, stopped);
    }

    Entry soft_entry(Session& session, const network::Transformer& t, const language::Word& word, soft::Judge& judge,
                     const soft::Judgement& judged, const base::Limits& limits) const {
        Entry entry = undecided_entry(t.alphabet, word, judged.limit);
        if (judged.accepts) {
            entry.answer = record::answer_word(*judged.accepts);
            entry.reason.reset();
        }
        tell(session, entry);
        if (judged.bits == 0) return entry;
        add_score(entry, judged);
        if (t.readout.classes) add_classes(entry, t, judge.classify(word, limits));
        if (trace_) {
            std::vector<soft::HeadSeen> heads;
            (void)judge.evaluator(judged.bits).score(word, {.heads = &heads});
            session.print(report::trace_text(t, word, heads, judged));
            if (t.readout.classes) session.print(report::logits_text(t, judge.evaluator(judged.bits).answer(word)));
            entry.trace = record::trace(t, word, heads);
        }
        if (attribute_) attribute(session, entry, t, soft::attribute(t, word, judged.bits));
        return entry;
    }

    static void note_imprecise(const Session& session, const std::string& word, const soft::Judgement& judged) {
        session.note(fmt::format("{}: {} bits do not tell the score from 0: it is between {} and {}",
                                 word.empty() ? "the empty word" : word, judged.bits, judged.score.lower_text(3),
                                 judged.score.upper_text(3)));
    }

    static void read_words(const std::string& path, const language::Alphabet& alphabet,
                           std::vector<language::Word>& words) {
        std::string bytes;
        if (path == "-") bytes.assign(std::istreambuf_iterator<char>(std::cin), {});
        else bytes = base::read_file(path);
        const std::string name = path == "-" ? "stdin" : path;
        if (name.ends_with(".json")) {
            const base::Json document = base::Json::parse(bytes, name);
            for (const base::JsonNode& word : base::JsonNode(document, name).elements())
                words.push_back(listed_word(word, alphabet));
            return;
        }
        std::string_view rest = bytes;
        for (std::size_t line = 1; !rest.empty(); ++line) {
            const std::size_t end = rest.find('\n');
            std::string_view text = rest.substr(0, end);
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
            if (!text.empty() && text.back() == '\r' && !alphabet.find("\r")) text.remove_suffix(1);
            const std::string where = fmt::format("{}:{}", name, line);
            if (name.ends_with(".jsonl"))
                words.push_back(listed_word(base::JsonNode(base::Json::parse(text, where), where), alphabet));
            else words.push_back(alphabet.parse(text, where));
        }
    }

    /// A word as the list of its symbols, or as its text.
    static language::Word listed_word(const base::JsonNode& node, const language::Alphabet& alphabet) {
        if (node.value().is_string()) return alphabet.parse(node.as_string(), node.where());
        std::vector<std::string> symbols;
        for (const base::JsonNode& symbol : node.elements()) symbols.push_back(symbol.as_string());
        return alphabet.parse(symbols, node.where());
    }

    std::string model_, eps_;
    std::vector<std::string> words_, files_;
    bool trace_ = false, attribute_ = false;
};

}  // namespace

std::unique_ptr<Command> make_eval() { return std::make_unique<Eval>(); }

}  // namespace attest::cli

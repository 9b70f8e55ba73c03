#include <fmt/format.h>

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
                "attest eval zoo:first --word 10 --trace", "attest eval zoo:chiang-cholak-parity --word 0110 --json"};
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
    }

    int run(Session& session) override {
        const auto subject = load_model_or_guhat(model_, eps_);
        if (const auto* tables = std::get_if<formats::GuhatFile>(&subject)) return run_tables(session, tables->guhat);
        const network::Transformer& t = std::get<formats::ModelFile>(subject).transformer;
        const std::vector<language::Word> words = all_words(t.alphabet);
        const base::Limits limits = session.limits();
        if (!t.readout.decides()) return run_classes(session, t, words, limits);
        if (t.kind() == network::AttentionKind::softmax) return run_soft(session, t, words, limits);
        nlohmann::ordered_json results = nlohmann::ordered_json::array();
        std::map<std::size_t, network::Evaluator> evaluators;  // by length: what depends on it is computed once
        std::optional<base::Limit> stopped;
        for (const language::Word& word : words) {
            const std::string text = t.alphabet.spell(word);
            if (!stopped) stopped = limits.exceeded();
            if (stopped) {
                session.print_verbatim(text + " undecided\n");
                results.push_back(
                    {{"word", text}, {"answer", "undecided"}, {"score", nullptr}, {"reason", reason(*stopped)}});
                continue;
            }
            session.progress(fmt::format("[{}/{}] words", results.size(), words.size()));
            const network::Evaluator& evaluator =
                evaluators.try_emplace(word.size(), t, static_cast<std::int64_t>(word.size())).first->second;
            network::Trace trace;
            const network::Evaluation evaluation = evaluator.evaluate(word, trace_ ? &trace : nullptr);
            const char* answer = evaluation.accepts ? "accept" : "reject";
            session.print_verbatim(fmt::format("{} {}\n", text, answer));
            if (trace_) session.print(report::trace_text(t, word, trace, evaluation));
            results.push_back({{"word", text}, {"answer", answer}, {"score", exact::to_string(evaluation.score)}});
            if (t.readout.classes) results.back().update(classes_json(t, evaluator.answer(word)));
            if (trace_) results.back()["trace"] = report::trace_json(t, word, trace);
            keep(session, t.name, results);
        }
        if (stopped) note_stop(session, *stopped);
        session.print_json({{"command", "eval"}, {"model", t.name}, {"results", std::move(results)}});
        return stopped ? undecided : success;
    }

  private:
    static const char* reason(base::Limit limit) { return verdict::to_string(verdict::reason_of(limit)); }
    /// What there is if the next word is too long.
    static void keep(Session& session, const std::string& model, const nlohmann::ordered_json& results) {
        session.draft([&] { session.print_json({{"command", "eval"}, {"model", model}, {"results", results}}); });
    }
    static void note_stop(const Session& session, base::Limit limit) {
        session.note(fmt::format("stopped before all words were evaluated: {}", reason(limit)));
    }

    std::vector<language::Word> all_words(const language::Alphabet& alphabet) const {
        std::vector<language::Word> words;
        for (const std::string& text : words_) words.push_back(alphabet.parse(text, "--word"));
        for (const std::string& path : files_) read_words(path, alphabet, words);
        if (words_.empty() && files_.empty())
            throw base::UsageError("eval: expected words (--word, or --words FILE), found none");
        return words;
    }

    using Json = nlohmann::ordered_json;

    /// Classes and logits, exact or enclosed; for each position that is read.
    static Json classes_json(const network::Transformer& t, const network::Answers& answers) {
        Json classes = Json::array(), logits = Json::array();
        for (const std::size_t c : answers.classes) classes.push_back(t.readout.classes->names[c]);
        for (const exact::Vector& numbers : answers.logits) {
            logits.push_back(Json::array());
            for (const exact::Rational& x : numbers) logits.back().push_back(exact::to_string(x));
        }
        return {{"classes", std::move(classes)}, {"logits", std::move(logits)}};
    }
    static Json classes_json(const network::Transformer& t, const soft::Classification& found) {
        Json classes = Json::array(), logits = Json::array();
        for (const auto& c : found.classes) classes.push_back(c ? Json(t.readout.classes->names[*c]) : Json(nullptr));
        for (const exact::BallVector& balls : found.logits) {
            logits.push_back(Json::array());
            for (const exact::Ball& x : balls) logits.back().push_back({x.lower_text(), x.upper_text()});
        }
        return {{"classes", std::move(classes)}, {"logits", std::move(logits)}, {"bits", found.bits}};
    }

    /// `b`, or a class for each position; `?` where the balls do not tell.
    static std::string classes_text(const Json& classes) {
        std::string text;
        for (const Json& c : classes) text += " " + (c.is_null() ? "?" : c.get<std::string>());
        return text;
    }

    /// Models that say classes, and neither accept nor reject.
    int run_classes(Session& session, const network::Transformer& t, const std::vector<language::Word>& words,
                    const base::Limits& limits) const {
        if (trace_) throw base::UsageError("--trace: expected a model that accepts or rejects");
        Json results = Json::array();
        bool all_decided = true;
        for (const language::Word& word : words) {
            const std::string text = t.alphabet.spell(word);
            Json entry = {{"word", text}, {"answer", "classes"}, {"score", nullptr}};
            const auto length = static_cast<std::int64_t>(word.size());
            if (t.kind() != network::AttentionKind::softmax) {
                entry.update(classes_json(t, network::Evaluator(t, length).answer(word)));
            } else {
                const soft::Classification found = soft::Judge(t, length).classify(word, limits);
                entry.update(classes_json(t, found));
                if (!found.is_certain()) {
                    all_decided = false;
                    entry["answer"] = "undecided";
                    entry["reason"] =
                        verdict::to_string(found.limit ? verdict::reason_of(*found.limit) : verdict::Reason::imprecise);
                }
            }
            session.print_verbatim(fmt::format("{}{}\n", text, classes_text(entry["classes"])));
            results.push_back(std::move(entry));
            keep(session, t.name, results);
        }
        session.print_json({{"command", "eval"}, {"model", t.name}, {"results", std::move(results)}});
        return all_decided ? success : undecided;
    }

    /// Tables decide every word of their length, and have no score.
    int run_tables(Session& session, const network::Guhat& tables) const {
        const base::Limits limits = session.limits();
        nlohmann::ordered_json results = nlohmann::ordered_json::array();
        network::GuhatEvaluator evaluator(tables);
        std::optional<base::Limit> stopped;
        for (const language::Word& word : all_words(tables.alphabet)) {
            if (!stopped) stopped = limits.exceeded();
            network::GuhatTrace trace;
            const bool accepts = !stopped && evaluator.accepts(word, trace_ ? &trace : nullptr);
            const char* answer = stopped ? "undecided" : accepts ? "accept" : "reject";
            session.print_verbatim(fmt::format("{} {}\n", tables.alphabet.spell(word), answer));
            results.push_back({{"word", tables.alphabet.spell(word)}, {"answer", answer}, {"score", nullptr}});
            if (stopped) results.back()["reason"] = reason(*stopped);
            if (!trace_ || stopped) continue;
            session.print(report::trace_text(tables, word, trace, accepts));
            results.back()["trace"] = report::trace_json(tables, word, trace);
        }
        if (stopped) note_stop(session, *stopped);
        session.print_json({{"command", "eval"}, {"model", tables.name}, {"results", std::move(results)}});
        return stopped ? undecided : success;
    }

    /// In balls: the score is an interval, and a sign that no precision shows is undecided.
    int run_soft(Session& session, const network::Transformer& t, const std::vector<language::Word>& words,
                 const base::Limits& limits) const {
        nlohmann::ordered_json results = nlohmann::ordered_json::array();
        std::map<std::size_t, soft::Judge> judges;
        bool all_decided = true;
        std::optional<base::Limit> stopped;
        for (const language::Word& word : words) {
            const std::string text = t.alphabet.spell(word);
            session.progress(fmt::format("[{}/{}] words", results.size(), words.size()));
            soft::Judge& judge =
                judges.try_emplace(word.size(), t, static_cast<std::int64_t>(word.size())).first->second;
            const soft::Judgement judged = judge.judge(word, limits);
            const char* answer = !judged.accepts ? "undecided" : *judged.accepts ? "accept" : "reject";
            session.print_verbatim(fmt::format("{} {}\n", text, answer));
            results.push_back({{"word", text}, {"answer", answer}, {"score", nullptr}});
            if (judged.bits > 0) {
                results.back()["score"] = {judged.score.lower_text(), judged.score.upper_text()};
                results.back()["bits"] = judged.bits;
                if (t.readout.classes) results.back().update(classes_json(t, judge.classify(word, limits)));
                if (trace_) trace_soft(session, results.back(), t, word, judge, judged);
            }
            keep(session, t.name, results);
            if (judged.accepts) continue;
            all_decided = false;
            results.back()["reason"] =
                verdict::to_string(judged.limit ? verdict::reason_of(*judged.limit) : verdict::Reason::imprecise);
            if (!stopped && judged.limit) stopped = judged.limit;
            if (!judged.limit)
                session.note(fmt::format("{}: {} bits do not tell the score from 0: it is between {} and {}",
                                         text.empty() ? "the empty word" : text, judged.bits,
                                         judged.score.lower_text(3), judged.score.upper_text(3)));
        }
        if (stopped) note_stop(session, *stopped);
        session.print_json({{"command", "eval"}, {"model", t.name}, {"results", std::move(results)}});
        return all_decided ? success : undecided;
    }

    static void trace_soft(Session& session, nlohmann::ordered_json& result, const network::Transformer& t,
                           const language::Word& word, soft::Judge& judge, const soft::Judgement& judged) {
        std::vector<soft::HeadSeen> heads;
        (void)judge.evaluator(judged.bits).score(word, {.heads = &heads});
        session.print(report::trace_text(t, word, heads, judged));
        result["trace"] = report::trace_json(t, word, heads);
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
    bool trace_ = false;
};

}  // namespace

std::unique_ptr<Command> make_eval() { return std::make_unique<Eval>(); }

}  // namespace attest::cli

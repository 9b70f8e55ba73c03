#include <algorithm>
#include <set>

#include "checker/kernel/defect.hpp"
#include "checker/network/alphabet_reader.hpp"
#include "checker/network/program.hpp"

// The model format, section 11: programs. A step refers to steps before it alone, so that a program cannot ask for itself;
// what the text allows once, a name, a pair, a tuple, is refused where it stands again.

namespace attest::checker {
namespace {

constexpr std::int64_t furthest = 1'000'000'000;

class ProgramReader {
  public:
    explicit ProgramReader(Budget& budget) : budget_(budget) {}
    ProgramReader(const ProgramReader&) = delete;

    Program read(const Cursor& root) {
        root.only({"format", "version", "name", "cite", "alphabet", "begin", "end", "lengths", "variables", "output",
                   "source"});
        root.at("version").integer(1, 1);
        read_head(root);
        const Cursor variables = root.at("variables");
        for (std::size_t k = 0; k < variables.size(); ++k) read_step(variables.item(k));
        read_output(root.at("output"));
        return std::move(p_);
    }

  private:
    void read_head(const Cursor& root) {
        p_.alphabet = read_alphabet(root, true);
        p_.begin = read_marker(root, "begin", p_.alphabet);
        p_.end = read_marker(root, "end", p_.alphabet);
        for (const Symbol& symbol : p_.alphabet) require_text(root.at("alphabet"), symbol);
        if (p_.begin) require_text(root.at("begin"), *p_.begin);
        if (p_.end) require_text(root.at("end"), *p_.end);
        if (const auto name = root.find("name")) p_.name = name->string();
        if (const auto cite = root.find("cite"))
            for (std::size_t k = 0; k < cite->size(); ++k) (void)cite->item(k).string();
        if (const auto source = root.find("source"); source && !source->is(Json::Kind::object))
            source->expected("an object");
        const auto lengths = root.find("lengths");
        if (!lengths) return;
        if (lengths->size() != 2) lengths->fail("two lengths were expected");
        const std::int64_t least = lengths->item(0).integer(0, furthest);
        p_.lengths = {static_cast<std::size_t>(least),
                      static_cast<std::size_t>(lengths->item(1).integer(least, furthest))};
    }

    static void require_text(const Cursor& at, const Symbol& symbol) {
        if (looks_rational(symbol)) at.fail("a symbol of a program is no rational number");
    }

    std::size_t value(const Cursor& at) { return read_program_value(at, p_.values, budget_); }

    std::size_t reference(const Cursor& at) const {
        const auto found = number_.find(at.string());
        if (found == number_.end()) at.fail("a variable before this one was expected");
        return found->second;
    }

    void read_step(const Cursor& at) {
        Program::Step step;
        step.name = at.at("name").string();
        budget_.memory(512 + 2 * step.name.size());
        if (at.has("input")) read_input(at, step);
        else if (at.has("constant")) {
            at.only({"name", "constant"});
            step.kind = Program::Step::Kind::constant;
            step.constant = value(at.at("constant"));
        } else if (at.has("attend")) {
            at.only({"name", "attend"});
            read_attend(at.at("attend"), step);
        } else {
            at.only({"name", "map"});
            read_map(at.at("map"), step);
        }
        if (!number_.emplace(step.name, p_.steps.size()).second) at.at("name").fail("the name occurs twice");
        p_.steps.push_back(std::move(step));
    }

    static void read_input(const Cursor& at, Program::Step& step) {
        const std::string& input = at.at("input").string();
        if (input == "symbol") return at.only({"name", "input"});
        if (input != "position") at.at("input").fail("\"symbol\" or \"position\" was expected");
        at.only({"name", "input", "first"});
        step.kind = Program::Step::Kind::position;
        if (const auto first = at.find("first")) step.first = first->integer(-furthest, furthest);
    }

    void read_attend(const Cursor& at, Program::Step& step) {
        at.only({"query", "key", "pairs", "mask", "take", "value", "none"});
        step.kind = Program::Step::Kind::attend;
        step.query = reference(at.at("query"));
        step.key = reference(at.at("key"));
        const Cursor pairs = at.at("pairs");
        for (std::size_t k = 0; k < pairs.size(); ++k) read_pair(pairs.item(k), step);
        if (const auto mask = at.find("mask"))
            step.mask = static_cast<Mask>(choice(*mask, {"none", "causal", "strict", "future", "strict-future"}));
        step.take = static_cast<Program::Take>(
            choice(at.at("take"), {"nearest", "left", "right", "only", "sum", "mean", "count"}));
        const bool counts = step.take == Program::Take::count;
        if (counts && at.has("value")) at.at("value").fail("count has no value");
        if (!counts) step.value = reference(at.at("value"));
        const auto none = at.find("none");
        if (!none && step.take != Program::Take::sum && !counts) at.at("none");
        step.none_is_first = none && none->is(Json::Kind::string) && none->string() == "first";
        if (step.none_is_first && counts) none->fail("count has no value at the first position");
        if (!step.none_is_first) step.none = none ? value(*none) : p_.values.integer(0, budget_);
    }

    void read_pair(const Cursor& at, Program::Step& step) {
        if (at.size() != 2) at.fail("two values were expected");
        const std::size_t query = value(at.item(0)), key = value(at.item(1));
        if (step.pairs.size() <= query) {
            budget_.memory(32 * (query + 1 - step.pairs.size()));
            step.pairs.resize(query + 1);
        }
        std::vector<char>& row = step.pairs[query];
        if (row.size() <= key) {
            budget_.memory(2 * (key + 1 - row.size()));
            row.resize(key + 1, 0);
        }
        if (row[key] != 0) at.fail("the pair occurs twice");
        row[key] = 1;
    }

    static std::size_t choice(const Cursor& at, std::initializer_list<const char*> names) {
        std::size_t k = 0;
        for (const char* name : names) {
            if (at.string() == name) return k;
            ++k;
        }
        at.fail("\"" + at.string() + "\" is none of the choices");
    }

    void read_map(const Cursor& at, Program::Step& step) {
        at.only({"of", "table", "otherwise"});
        step.kind = Program::Step::Kind::map;
        const Cursor of = at.at("of");
        for (std::size_t k = 0; k < of.size(); ++k) step.of.push_back(reference(of.item(k)));
        const Cursor table = at.at("table");
        for (std::size_t k = 0; k < table.size(); ++k) read_entry(table.item(k), step);
        if (const auto otherwise = at.find("otherwise")) {
            const std::size_t other = value(*otherwise);
            if (!step.otherwise) step.otherwise = other;  // else of no variables, and the table has their one tuple
        }
    }

    void read_entry(const Cursor& at, Program::Step& step) {
        if (at.size() != 2) at.fail("a tuple and a value were expected");
        const Cursor tuple = at.item(0);
        if (tuple.size() != step.of.size()) tuple.fail("a value for each variable was expected");
        std::size_t node = 0;
        bool is_new = false;
        for (std::size_t k = 0; k < tuple.size(); ++k) {
            budget_.memory(64);
            const bool last = k + 1 == tuple.size();
            const std::uint64_t edge = (static_cast<std::uint64_t>(node) << 32) | value(tuple.item(k));
            const auto [next, added] = step.table.emplace(edge, last ? 0 : step.nodes);
            if (added && !last) ++step.nodes;
            if (last && added) next->second = value(at.item(1));
            node = next->second;
            is_new = added;
        }
        if (step.of.empty() && !step.otherwise) {  // the one tuple of no values
            step.otherwise = value(at.item(1));
            is_new = true;
        }
        if (!is_new) tuple.fail("the tuple occurs twice");
    }

    void read_output(const Cursor& at) {
        at.only({"positions", "value", "classes", "scores", "tie", "accept"});
        p_.every = choice(at.at("positions"), {"last", "word"}) == 1;
        if (at.has("value")) {
            for (const char* key : {"classes", "scores", "tie"})
                if (const auto other = at.find(key)) other->fail("the answer is a value");
            p_.value = reference(at.at("value"));
        } else {
            read_classes(at);
        }
        const auto accept = at.find("accept");
        if (!accept) return;
        if (accept->size() == 0) accept->fail("an answer that accepts was expected");
        const std::set<std::string> classes(p_.classes.begin(), p_.classes.end());
        std::set<std::string> seen;
        for (std::size_t k = 0; k < accept->size(); ++k) {
            const Cursor one = accept->item(k);
            p_.accept.push_back(classes.empty() ? p_.values.spelled(value(one)) : one.string());
            if (classes.empty()) continue;
            if (!classes.contains(p_.accept.back())) one.fail("it is none of the classes");
            if (!seen.insert(p_.accept.back()).second) one.fail("it occurs twice");
        }
    }

    void read_classes(const Cursor& at) {
        const Cursor classes = at.at("classes");
        if (classes.size() == 0) classes.fail("a class was expected");
        std::set<std::string> seen;
        for (std::size_t c = 0; c < classes.size(); ++c) {
            if (!seen.insert(classes.item(c).string()).second) classes.item(c).fail("the class occurs twice");
            p_.classes.push_back(classes.item(c).string());
        }
        const Cursor scores = at.at("scores");
        for (std::size_t k = 0; k < scores.size(); ++k) read_score(scores.item(k));
        if (const auto tie = at.find("tie"); tie && tie->string() != "first") tie->fail("\"first\" was expected");
    }

    void read_score(const Cursor& at) {
        Program::Score score;
        const bool times = at.has("times");
        if (times) at.only({"times", "weights"});
        else at.only({"of", "weights"});
        score.of = reference(at.at(times ? "times" : "of"));
        const Cursor weights = at.at("weights");
        if (times) {
            score.times = read_row(weights);
        } else {
            if (!weights.is(Json::Kind::object)) weights.expected("an object");
            for (const auto& member : weights.json().members())
                score.weights.emplace(member.first, read_row(weights.at(member.first)));
        }
        p_.scores.push_back(std::move(score));
    }

    Vector read_row(const Cursor& at) {
        if (at.size() != p_.classes.size()) at.fail("a weight for each class was expected");
        budget_.memory(64 + 64 * at.size());
        Vector row;
        for (std::size_t c = 0; c < at.size(); ++c) {
            row.push_back(at.item(c).number());
            budget_.arithmetic(digits_of(row[c]) + digits_of(p_.denominator));
            p_.denominator = lcm(p_.denominator.get_num(), row[c].get_den());
        }
        return row;
    }

    Budget& budget_;
    Program p_;
    std::unordered_map<std::string, std::size_t, SeededHash> number_;  // of steps, by name
};

}  // namespace

bool holds_program(const Json& json, const std::string& file) {
    const auto format = Cursor(json, file + ": ").find("format");
    return format && format->is(Json::Kind::string) && format->string() == "attest/program";
}

Program read_program(const Json& json, const std::string& file, Budget& budget) {
    return ProgramReader(budget).read(Cursor(json, file + ": "));
}

}  // namespace attest::checker

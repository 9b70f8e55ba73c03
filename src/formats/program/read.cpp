#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "../read_choice.hpp"
#include "../read_symbols.hpp"
#include "base/text.hpp"
#include "values.hpp"

// The reader of programs: steps name variables that stand before them, so that a program has no cycle.

namespace attest::formats {

namespace {

using network::Mask;
using network::Program;

constexpr std::int64_t longest_word = 1'000'000'000;
constexpr std::size_t most_variables = 1 << 20;

constexpr Choices<Mask, 5> program_masks = {{{"none", Mask::none},
                                             {"causal", Mask::causal},
                                             {"strict", Mask::strict},
                                             {"future", Mask::future},
                                             {"strict-future", Mask::strict_future}}};
constexpr Choices<Program::Take, 7> takes = {{{"nearest", Program::Take::nearest},
                                              {"left", Program::Take::left},
                                              {"right", Program::Take::right},
                                              {"only", Program::Take::only},
                                              {"sum", Program::Take::sum},
                                              {"mean", Program::Take::mean},
                                              {"count", Program::Take::count}}};

bool is_sum(Program::Take take) { return take == Program::Take::sum || take == Program::Take::count; }

class ProgramReader {
  public:
    explicit ProgramReader(const base::JsonNode& root) : root_(root) {}

    Program read(const std::string& default_name) {
        root_.allow_keys({"format", "version", "name", "cite", "alphabet", "begin", "end", "lengths", "variables",
                          "output", "source"});
        if (root_.at("format").as_string() != "attest/program") root_.at("format").fail("\"attest/program\"");
        (void)root_.at("version").as_integer(1, 1);
        read_head(default_name);
        const std::vector<base::JsonNode> variables = root_.at("variables").elements();
        if (variables.size() > most_variables)
            root_.at("variables").fail(fmt::format("at most {} variables", most_variables));
        for (const base::JsonNode& node : variables) read_variable(node);
        read_output(root_.at("output"));
        return std::move(p_);
    }

  private:
    void read_head(const std::string& default_name) {
        p_.alphabet = read_alphabet(root_, true);
        for (const std::string& symbol : p_.alphabet.symbols()) require_text(root_.at("alphabet"), symbol);
        p_.name = root_.has("name") ? root_.at("name").as_string() : default_name;
        if (root_.has("cite"))
            for (const base::JsonNode& key : root_.at("cite").elements()) (void)key.as_string();
        if (root_.has("source")) (void)root_.at("source").members();
        p_.begin = read_marker(root_, "begin", p_.alphabet);
        p_.end = read_marker(root_, "end", p_.alphabet);
        for (const char* key : {"begin", "end"})
            if (root_.has(key) && root_.at(key).value().is_string())
                require_text(root_.at(key), root_.at(key).as_string());
        if (!root_.has("lengths")) return;
        const std::vector<base::JsonNode> ends = root_.at("lengths").elements();
        if (ends.size() != 2) root_.at("lengths").fail("[least, greatest]");
        const std::int64_t least = ends[0].as_integer(0, longest_word);
        p_.lengths = {least, ends[1].as_integer(least, longest_word)};
    }

    /// The member of a variable that has it and a name.
    template <typename Read>
    static auto only(const base::JsonNode& node, const char* key, const Read& read) {
        node.allow_keys({"name", key});
        return read(node.at(key));
    }

    void read_variable(const base::JsonNode& node) {
        Program::Variable variable;
        variable.name = node.at("name").as_string();
        if (node.has("input")) variable.step = read_input(node);
        else if (node.has("constant")) variable.step = Program::Constant{only(node, "constant", read_value)};
        else if (node.has("attend"))
            variable.step = only(node, "attend", [&](const auto& at) { return read_attend(at); });
        else if (node.has("map")) variable.step = only(node, "map", [&](const auto& at) { return read_map(at); });
        else node.fail("one of the keys input, constant, attend and map", "none");
        if (!number_.emplace(variable.name, p_.variables.size()).second)
            node.at("name").fail("a name that no variable before has");
        p_.variables.push_back(std::move(variable));
    }

    static std::variant<Program::Symbol, Program::Position, Program::Constant, Program::Attend, Program::Map>
    read_input(const base::JsonNode& node) {
        const std::string& input = node.at("input").as_string();
        if (input == "symbol") {
            node.allow_keys({"name", "input"});
            return Program::Symbol{};
        }
        if (input != "position") node.at("input").fail("\"symbol\" or \"position\"");
        node.allow_keys({"name", "input", "first"});
        return Program::Position{node.has("first") ? node.at("first").as_integer(-longest_word, longest_word) : 1};
    }

    std::size_t read_reference(const base::JsonNode& node) const {
        const auto found = number_.find(node.as_string());
        if (found == number_.end()) node.fail("the name of a variable that stands before");
        return found->second;
    }

    Program::Attend read_attend(const base::JsonNode& node) const {
        node.allow_keys({"query", "key", "pairs", "mask", "take", "value", "none"});
        Program::Attend attend;
        attend.query = read_reference(node.at("query"));
        attend.key = read_reference(node.at("key"));
        for (const base::JsonNode& pair : node.at("pairs").elements()) {
            const std::vector<base::JsonNode> ends = pair.elements();
            if (ends.size() != 2) pair.fail("a pair [value of the query, value of the key]");
            if (!attend.pairs.emplace(read_value(ends[0]), read_value(ends[1])).second)
                pair.fail("each pair once", "it again");
        }
        if (node.has("mask")) attend.mask = choose(node.at("mask"), program_masks);
        attend.take = choose(node.at("take"), takes);
        const bool counts = attend.take == Program::Take::count;
        if (counts && node.has("value")) node.at("value").fail("no value: count counts positions");
        if (!counts) attend.value = read_reference(node.at("value"));
        read_none(node, attend);
        return attend;
    }

    static void read_none(const base::JsonNode& node, Program::Attend& attend) {
        if (!node.has("none")) {
            if (!is_sum(attend.take)) (void)node.at("none");  // is missing
            attend.none = exact::Rational(0);
            return;
        }
        const base::JsonNode none = node.at("none");
        const bool first = none.value().is_string() && none.as_string() == "first";
        if (first && attend.take == Program::Take::count) none.fail("a value: count takes none of a position");
        if (!first) attend.none = read_value(none);
    }

    Program::Map read_map(const base::JsonNode& node) const {
        node.allow_keys({"of", "table", "otherwise"});
        Program::Map map;
        for (const base::JsonNode& name : node.at("of").elements()) map.of.push_back(read_reference(name));
        for (const base::JsonNode& entry : node.at("table").elements()) {
            const std::vector<base::JsonNode> parts = entry.elements();
            if (parts.size() != 2) entry.fail("an entry [[values], value]");
            std::vector<Program::Value> key;
            for (const base::JsonNode& value : parts[0].elements()) key.push_back(read_value(value));
            if (key.size() != map.of.size()) parts[0].fail(fmt::format("{} values", map.of.size()));
            if (!map.table.emplace(std::move(key), read_value(parts[1])).second)
                parts[0].fail("each tuple once", "it again");
        }
        if (node.has("otherwise")) map.otherwise = read_value(node.at("otherwise"));
        return map;
    }

    void read_output(const base::JsonNode& node) {
        node.allow_keys({"positions", "value", "classes", "scores", "tie", "accept"});
        Program::Output& output = p_.output;
        const std::string& positions = node.at("positions").as_string();
        if (positions != "word" && positions != "last") node.at("positions").fail("\"word\" or \"last\"");
        output.every = positions == "word";
        if (node.has("value")) {
            for (const char* key : {"classes", "scores", "tie"})
                if (node.has(key)) node.at(key).fail(fmt::format("no {} where the answer is a value", key));
            output.value = read_reference(node.at("value"));
        } else {
            output.classes = read_texts(node.at("classes"));
            if (output.classes.empty()) node.at("classes").fail("at least one class");
            for (const base::JsonNode& score : node.at("scores").elements()) output.scores.push_back(read_score(score));
            if (node.has("tie") && node.at("tie").as_string() != "first") node.at("tie").fail("\"first\"");
        }
        if (node.has("accept")) read_accept(node.at("accept"));
    }

    static std::vector<std::string> read_texts(const base::JsonNode& node) {
        std::vector<std::string> texts;
        for (const base::JsonNode& text : node.elements()) {
            if (std::find(texts.begin(), texts.end(), text.as_string()) != texts.end())
                text.fail("each once", "it again");
            texts.push_back(text.as_string());
        }
        return texts;
    }

    void read_accept(const base::JsonNode& node) {
        Program::Output& output = p_.output;
        if (output.classes.empty()) {
            for (const base::JsonNode& value : node.elements())
                output.accept.push_back(network::text_of(read_value(value)));
        } else {
            output.accept = read_texts(node);
            for (const base::JsonNode& text : node.elements())
                if (std::find(output.classes.begin(), output.classes.end(), text.as_string()) == output.classes.end())
                    text.fail("one of the classes");
        }
        if (output.accept.empty()) node.fail("at least one answer that accepts");
    }

    Program::Score read_score(const base::JsonNode& node) const {
        Program::Score score;
        const bool times = node.has("times");
        node.allow_keys({times ? "times" : "of", "weights"});
        score.of = read_reference(node.at(times ? "times" : "of"));
        if (times) score.times = read_weights(node.at("weights"));
        else
            for (const auto& [value, weights] : node.at("weights").members())
                score.weights.emplace(value, read_weights(weights));
        return score;
    }

    exact::Vector read_weights(const base::JsonNode& node) const {
        exact::Vector weights;
        for (const base::JsonNode& weight : node.elements()) weights.push_back(exact::read_rational(weight));
        if (weights.size() != p_.output.classes.size())
            node.fail(fmt::format("{} weights, one a class", p_.output.classes.size()),
                      fmt::format("{}", weights.size()));
        return weights;
    }

    base::JsonNode root_;
    Program p_;
    std::unordered_map<std::string, std::size_t> number_;  ///< of variables, by name
};

}  // namespace

bool is_program(const base::JsonNode& root) {
    return root.value().is_object() && root.has("format") && root.at("format").value().is_string() &&
           root.at("format").as_string() == "attest/program";
}

network::Program read_program(const base::JsonNode& root, const std::string& default_name) {
    return ProgramReader(root).read(default_name);
}

}  // namespace attest::formats

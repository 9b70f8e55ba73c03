#include "random_program.hpp"

#include <string>
#include <vector>

namespace attest::tests {

namespace {

using Json = nlohmann::ordered_json;

class Maker {
  public:
    explicit Maker(base::Random& random) : random_(random) {}

    Json make() {
        Json p = {{"format", "attest/program"}, {"version", 1}, {"name", "random"}};
        p["alphabet"] = random_.chance(1, 2) ? Json({"0", "1"}) : Json({"a", "b", "ab"});
        symbols_ = p["alphabet"].get<std::vector<std::string>>();
        for (const char* marker : {"begin", "end"}) {
            if (random_.chance(1, 2)) continue;
            p[marker] = std::string("<") + marker + ">";
            symbols_.push_back(p[marker]);
        }
        add({{"input", "symbol"}});
        add({{"input", "position"}, {"first", static_cast<int>(random_.below(3))}});
        add({{"constant", value()}});
        const std::size_t steps = 2 + random_.below(6);
        for (std::size_t k = 0; k < steps; ++k)
            add(random_.chance(1, 2) ? Json{{"attend", attend()}} : Json{{"map", map()}});
        p["variables"] = variables_;
        p["output"] = output();
        return p;
    }

  private:
    void add(const Json& step) {
        Json variable = {{"name", "v" + std::to_string(variables_.size())}};
        variable.update(step);
        variables_.push_back(variable);
    }

    std::string variable() { return "v" + std::to_string(random_.below(variables_.size())); }

    /// Of those that steps are likely to have.
    Json value() {
        static const std::vector<Json> numbers = {0, 1, 2, 3, -1, "1/2", "3/2", 0.25};
        if (random_.chance(1, 2)) return symbols_[random_.below(symbols_.size())];
        return numbers[random_.below(numbers.size())];
    }

    Json attend() {
        static const std::vector<std::string> masks = {"none", "causal", "strict", "future", "strict-future"};
        static const std::vector<std::string> takes = {"nearest", "left", "right", "only", "sum", "mean", "count"};
        Json pairs = Json::array();
        const std::size_t size = random_.below(12);
        for (std::size_t k = 0; k < size; ++k)
            if (Json pair = {value(), value()}; !holds(pairs, pair)) pairs.push_back(pair);
        const std::string take = takes[random_.below(takes.size())];
        Json step = {{"query", variable()},
                     {"key", variable()},
                     {"pairs", pairs},
                     {"mask", masks[random_.below(masks.size())]},
                     {"take", take}};
        if (take != "count") step["value"] = variable();
        const bool may_lack = take == "count" || take == "sum";
        if (!may_lack || random_.chance(1, 2))
            step["none"] = take != "count" && random_.chance(1, 2) ? Json("first") : value();
        return step;
    }

    Json map() {
        Json of = Json::array();
        const std::size_t arity = random_.below(4);
        for (std::size_t k = 0; k < arity; ++k) of.push_back(variable());
        Json table = Json::array(), tuples = Json::array();
        const std::size_t size = random_.below(8);
        for (std::size_t t = 0; t < size; ++t) {
            Json tuple = Json::array();
            for (std::size_t k = 0; k < arity; ++k) tuple.push_back(value());
            if (holds(tuples, tuple)) continue;
            tuples.push_back(tuple);
            table.push_back({tuple, value()});
        }
        Json step = {{"of", of}, {"table", table}};
        if (random_.chance(9, 10)) step["otherwise"] = value();
        return step;
    }

    /// 1/4 and 0.25 are one value.
    static bool holds(const Json& list, const Json& item) {
        for (const Json& other : list)
            if (other == item) return true;
        return false;
    }

    Json weights() {
        Json row = Json::array();
        for (std::size_t c = 0; c < classes_; ++c)
            row.push_back(random_.chance(1, 4) ? Json("1/" + std::to_string(1 + random_.below(9)))
                                               : Json(static_cast<int>(random_.below(7)) - 3));
        return row;
    }

    Json output() {
        Json output = {{"positions", random_.chance(1, 2) ? "word" : "last"}};
        if (random_.chance(1, 3)) {
            output["value"] = variable();
            output["accept"] = {value(), value()};
            return output;
        }
        classes_ = 1 + random_.below(3);
        for (std::size_t c = 0; c < classes_; ++c) output["classes"].push_back("c" + std::to_string(c));
        output["scores"] = Json::array();
        const std::size_t scores = random_.below(4);
        for (std::size_t k = 0; k < scores; ++k) {
            if (random_.chance(1, 4)) {
                output["scores"].push_back(
                    {{"times", random_.chance(3, 4) ? "v1" : variable()}, {"weights", weights()}});
                continue;
            }
            const std::string of = variable();
            Json rows = Json::object();
            for (const std::string& symbol : symbols_) rows[symbol] = weights();
            for (const char* number : {"-1", "0", "1", "2", "3", "4", "5", "6", "1/2", "3/2", "1/4"})
                rows[number] = weights();
            output["scores"].push_back({{"of", of}, {"weights", rows}});
        }
        output["accept"] = {"c0"};
        return output;
    }

    base::Random& random_;
    std::vector<std::string> symbols_;
    Json variables_ = Json::array();
    std::size_t classes_ = 0;
};

}  // namespace

Json random_program(base::Random& random) { return Maker(random).make(); }

Json random_backward_program(base::Random& random) {
    Json p = random_program(random);
    p.erase("end");
    for (Json& variable : p["variables"])
        if (variable.contains("attend")) variable["attend"]["mask"] = random.chance(1, 2) ? "causal" : "strict";
    std::vector<std::string> texts = {"<s>"};
    for (const auto& symbol : p["alphabet"]) texts.push_back(symbol);
    const std::string some = p["variables"][p["variables"].size() - 1 - random.below(2)]["name"];
    p["variables"].push_back({{"name", "place"}, {"input", "position"}, {"first", p.contains("begin") ? 0 : 1}});
    Json pairs = Json::array();
    for (int k = 2; k < 9; ++k) pairs.push_back({k, k - 1});
    p["variables"].push_back({{"name", "shifted"},
                              {"attend",
                               {{"query", "place"},
                                {"key", "place"},
                                {"pairs", pairs},
                                {"mask", "strict"},
                                {"take", "nearest"},
                                {"value", "v0"},
                                {"none", "<s>"}}}});
    Json& output = p["output"];
    output["positions"] = "word";
    if (output.contains("value")) {
        Json table = Json::array();
        for (const Json& value : {Json(0), Json(1), Json(2), Json("a"), Json("b"), Json("0"), Json("1")})
            for (const std::string& text : texts)
                if (random.chance(3, 4)) table.push_back({{value, text}, random.chance(3, 4) ? text : "?"});
        p["variables"].push_back(
            {{"name", "out"}, {"map", {{"of", {some, "shifted"}}, {"table", table}, {"otherwise", "?"}}}});
        output["value"] = "out";
        return p;
    }
    Json rows = Json::object();
    for (std::size_t t = 0; t < texts.size(); ++t) {
        Json row = Json::array();
        for (std::size_t c = 0; c < output["classes"].size(); ++c) row.push_back(c == t ? 4 : 0);
        rows[texts[t]] = row;
    }
    for (std::size_t c = 0; c < output["classes"].size(); ++c) output["classes"][c] = texts[c];
    output["accept"] = {texts[0]};
    output["scores"].push_back({{"of", "shifted"}, {"weights", rows}});
    return p;
}

}  // namespace attest::tests

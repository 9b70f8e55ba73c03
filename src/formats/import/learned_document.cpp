#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/quote.hpp"
#include "class_answer.hpp"
#include "learned_program.hpp"

// Written by hand, not by a JSON library: weights keep the digits that the table has, so that they are those numbers exactly.
//
// Which match a head takes. The Python takes the nearest, where the own position is as far as keys match. The network that
// was trained adds a bias to the scores: -2 for the own position, -(d - 1)/(m - 2) for the one d to the right and
// -(d - 1)/(m - 1) for the one d to the left, m its greatest number of positions, d < m; of equal scores the first is taken.
// So it takes the nearest other match, of two the left one, and the own position where it is the only match: at distance d
// the left bias is at least the right one, and one step further, -d/(m - 1), it is below since d < m - 1 or nothing is there.
// The format has no such choice, so it is spelled out: the nearest on either side, whether the own key matches, and a table
// of what follows.

namespace attest::formats::import {

namespace {

using base::json_string;

constexpr const char* begin = "<s>";
constexpr const char* end = "</s>";
constexpr const char* padding = "<pad>";

std::string spell(const Literal& literal) { return literal.is_text ? json_string(literal.text) : literal.text; }

/// [a, b, …]
template <typename Items, typename Spell>
std::string list(const Items& items, const Spell& spelled) {
    std::string text = "[";
    for (const auto& item : items) text += (text.size() > 1 ? ", " : "") + spelled(item);
    return text + "]";
}

class ProgramWriter {
  public:
    ProgramWriter(const LearnedProgram& program, const LearnedWeights& weights, const std::string& file,
                  const LearnedReading& reading)
        : program_(program), weights_(weights), file_(file), reading_(reading) {}

    std::string write(const std::string& name) {
        std::vector<std::string> letters;
        bool ends = false;
        for (const auto* row : weights_.of("tokens")) {
            ends = ends || row->value == end;
            const bool is_letter = row->value != begin && row->value != end && row->value != padding &&
                                   row->value != LearnedWeights::no_value;
            if (is_letter) letters.push_back(row->value);
        }
        const std::size_t positions = weights_.of("positions").size(), frame = ends ? 2 : 1;
        if (letters.empty()) throw base::InputError(file_, "weights of tokens", "none");
        if (positions < frame) throw base::InputError(file_, "weights of positions", "none");
        std::string text = "{\"format\": \"attest/program\", \"version\": 1, \"name\": " + json_string(name) +
                           ",\n \"alphabet\": " + list(letters, json_string) + ", \"begin\": " + json_string(begin);
        if (ends) text += std::string(", \"end\": ") + json_string(end);
        text += fmt::format(", \"lengths\": [0, {}],\n \"variables\": [\n", positions - frame);
        text +=
            "  {\"name\": \"tokens\", \"input\": \"symbol\"},\n"
            "  {\"name\": \"positions\", \"input\": \"position\", \"first\": 0},\n"
            "  {\"name\": \"ones\", \"constant\": 1}";
        for (const LearnedVariable& variable : program_.variables) text += ",\n  " + write(variable);
        return text + "],\n \"output\": " + output() + "}\n";
    }

  private:
    std::string write(const LearnedVariable& v) const {
        if (v.kind == LearnedVariable::Kind::closest && reading_.closest == Closest::network) return as_trained(v);
        const std::string head = "{\"name\": " + json_string(v.name);
        if (v.kind == LearnedVariable::Kind::map) {
            const auto entry = [](const auto& e) { return fmt::format("[{}, {}]", list(e.first, spell), e.second); };
            return fmt::format("{}, \"map\": {{\"of\": {}, \"table\": {}, \"otherwise\": {}}}}}", head,
                               list(v.of, json_string), list(v.table, entry), v.otherwise);
        }
        const bool closest = v.kind == LearnedVariable::Kind::closest;
        return attend(v.name, v.query, v.key, pairs_of(v), program_.causal ? "causal" : "none",
                      closest ? "nearest" : "sum", v.value, closest ? "\"first\"" : "0");
    }

    static std::string pairs_of(const LearnedVariable& v) {
        return list(v.pairs, [](const auto& p) { return fmt::format("[{}, {}]", spell(p.first), spell(p.second)); });
    }
    static std::string attend(const std::string& name, const std::string& query, const std::string& key,
                              const std::string& pairs, const char* mask, const char* take, const std::string& value,
                              const char* none) {
        return fmt::format(
            "{{\"name\": {}, \"attend\": {{\"query\": {}, \"key\": {}, \"pairs\": {}, \"mask\": {}, \"take\": {}, "
            "\"value\": {}, \"none\": {}}}}}",
            json_string(name), json_string(query), json_string(key), pairs, json_string(mask), json_string(take),
            json_string(value), none);
    }

    /// The variables of a head as the network chooses, the last of them its own.
    std::string as_trained(const LearnedVariable& v) const { return program_.causal ? looking_back(v) : looking(v); }

    /// A causal head sees its own position last on the right: the nearest before it, if any, else what is found up to it.
    std::string looking_back(const LearnedVariable& v) const {
        const auto of = [&](const char* what) { return fmt::format("({} of {})", what, v.name); };
        const auto found = [&](const char* what, const char* mask, const std::string& value, const char* none) {
            return attend(of(what), v.query, v.key, pairs_of(v), mask, "right", value, none) + ",\n  ";
        };
        std::string entries;
        const std::vector<std::string> values = values_of(v.value);
        for (const int any : {0, 1})
            for (const std::string& before : values)
                for (const std::string& up_to : values)
                    entries += fmt::format("{}[[{}, {}, {}], {}]", entries.empty() ? "" : ", ", any, before, up_to,
                                           any == 1 ? before : up_to);
        return found("any", "strict", "ones", "0") + found("left", "strict", v.value, "\"first\"") +
               found("right", "causal", v.value, "\"first\"") +
               fmt::format("{{\"name\": {}, \"map\": {{\"of\": {}, \"table\": [{}]}}}}", json_string(v.name),
                           list(std::vector{of("any"), of("left"), of("right")}, json_string), entries);
    }

    std::string looking(const LearnedVariable& v) const {
        const auto of = [&](const char* what) { return fmt::format("({} of {})", what, v.name); };
        const auto side = [&](const char* what, const char* mask, const char* take) {
            return attend(of(what), v.query, v.key, pairs_of(v), mask, take, "positions", "-1") + ",\n  ";
        };
        const auto n = static_cast<std::int64_t>(weights_.of("positions").size());
        std::string same;
        for (std::int64_t p = 0; p < n; ++p) same += fmt::format("{}[{}, {}]", p == 0 ? "" : ", ", p, p);
        return side("left", "strict", "right") + side("right", "strict-future", "left") + own_match(v, of("own")) +
               fmt::format(",\n  {{\"name\": {}, \"map\": {{\"of\": {}, \"table\": [{}], \"otherwise\": 0}}}},\n  ",
                           json_string(of("place")),
                           list(std::vector<std::string>{"positions", of("left"), of("own"), of("right")}, json_string),
                           places(n)) +
               attend(v.name, of("place"), "positions", "[" + same + "]", "none", "only", v.value, "\"first\"");
    }

    /// All values that a variable may have, as the document has them.
    std::vector<std::string> values_of(const std::string& name) const {
        std::vector<std::string> values;
        if (name == "ones") return {"1"};
        if (name == "tokens" || name == "positions") {
            for (const auto* row : weights_.of(name))
                if (row->value != LearnedWeights::no_value && row->value != padding)
                    values.push_back(name == "tokens" ? json_string(row->value) : row->value);
            return values;
        }
        const auto& all = program_.variables;
        const auto v = std::find_if(all.begin(), all.end(), [&](const LearnedVariable& x) { return x.name == name; });
        if (v->kind == LearnedVariable::Kind::closest) return values_of(v->value);
        if (v->kind == LearnedVariable::Kind::sum)
            throw base::InputError(file_, "heads that bring no count (--set closest=network)", base::quoted(name, 40));
        for (const auto& entry : v->table) values.push_back(entry.second);
        values.push_back(v->otherwise);
        std::sort(values.begin(), values.end());
        values.erase(std::unique(values.begin(), values.end()), values.end());
        return values;
    }

    /// 1 where the key at the own position is one that its query selects.
    static std::string own_match(const LearnedVariable& v, const std::string& name) {
        std::vector<std::string> entries;
        for (const auto& [query, key] : v.pairs) {
            if (v.query != v.key) entries.push_back(fmt::format("[[{}, {}], 1]", spell(query), spell(key)));
            else if (query == key) entries.push_back(fmt::format("[[{}], 1]", spell(query)));
        }
        std::vector<std::string> from = {v.query};
        if (v.query != v.key) from.push_back(v.key);
        return fmt::format("{{\"name\": {}, \"map\": {{\"of\": {}, \"table\": {}, \"otherwise\": 0}}}}",
                           json_string(name), list(from, json_string),
                           list(entries, [](const std::string& entry) { return entry; }));
    }

    /// Entries of the table: the position that is taken, if it is not the first one.
    static std::string places(std::int64_t n) {
        std::string text;
        const auto add = [&](std::int64_t p, std::int64_t left, int own, std::int64_t right, std::int64_t taken) {
            if (taken != 0)
                text += fmt::format("{}[[{}, {}, {}, {}], {}]", text.empty() ? "" : ", ", p, left, own, right, taken);
        };
        for (std::int64_t p = 0; p < n; ++p)
            for (std::int64_t left = -1; left < p; ++left)
                for (const int own : {0, 1}) {
                    add(p, left, own, -1, left >= 0 ? left : own == 1 ? p : 0);
                    for (std::int64_t right = p + 1; right < n; ++right)
                        add(p, left, own, right, left >= 0 && p - left <= right - p ? left : right);
                }
        return text;
    }

    std::string output() const {
        std::string scores;
        for (const auto& [feature, counts] : program_.scores) {
            scores += std::string(scores.empty() ? "" : ",") + "\n   " + score(feature, counts);
        }
        return fmt::format("{{\"positions\": \"word\", \"classes\": {}, \"tie\": \"first\", \"scores\": [{}]{}}}",
                           list(weights_.classes, json_string), scores, accepted());
    }

    std::string accepted() const {
        const std::vector<std::string> names = read_accepted(reading_.accept, weights_.classes);
        return names.empty() ? "" : ", \"accept\": " + list(names, json_string);
    }

    std::string score(const std::string& feature, bool counts) const {
        std::vector<const LearnedWeights::Row*> rows = weights_.of(feature);
        const auto numbers = [](const LearnedWeights::Row& row) {
            return list(row.numbers, [](const std::string& number) { return number; });
        };
        if (!counts) std::erase_if(rows, [](const auto* row) { return row->value == LearnedWeights::no_value; });
        const bool one = rows.size() == 1 && rows[0]->value == LearnedWeights::no_value;
        if (rows.empty() || (counts && !one))
            throw base::InputError(
                file_,
                fmt::format("{} {}", counts ? "one row \"_\" of" : "rows of the values of", base::quoted(feature, 40)),
                rows.empty() ? "none" : "others");
        if (counts) return fmt::format("{{\"times\": {}, \"weights\": {}}}", json_string(feature), numbers(*rows[0]));
        std::string all;
        for (const auto* row : rows) all += (all.empty() ? "" : ", ") + json_string(row->value) + ": " + numbers(*row);
        return fmt::format("{{\"of\": {}, \"weights\": {{{}}}}}", json_string(feature), all);
    }

    const LearnedProgram& program_;
    const LearnedWeights& weights_;
    const std::string& file_;
    const LearnedReading& reading_;
};

}  // namespace

std::string write_learned_program(const LearnedProgram& program, const LearnedWeights& weights, const std::string& name,
                                  const std::string& file, const LearnedReading& reading) {
    return ProgramWriter(program, weights, file, reading).write(name);
}

}  // namespace attest::formats::import

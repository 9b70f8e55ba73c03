#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "learned_program.hpp"

// Written by hand, not by a JSON library: weights keep the digits that the table has, so that they are those numbers exactly.

namespace attest::formats::import {

namespace {

constexpr const char* begin = "<s>";
constexpr const char* end = "</s>";
constexpr const char* padding = "<pad>";

std::string quote(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string spell(const Literal& literal) { return literal.is_text ? quote(literal.text) : literal.text; }

/// [a, b, …]
template <typename Items, typename Spell>
std::string list(const Items& items, const Spell& spelled) {
    std::string text = "[";
    for (const auto& item : items) text += (text.size() > 1 ? ", " : "") + spelled(item);
    return text + "]";
}

class Writer {
  public:
    Writer(const LearnedProgram& program, const LearnedWeights& weights, const std::string& file)
        : program_(program), weights_(weights), file_(file) {}

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
        std::string text = "{\"format\": \"attest/program\", \"version\": 1, \"name\": " + quote(name) +
                           ",\n \"alphabet\": " + list(letters, quote) + ", \"begin\": " + quote(begin);
        if (ends) text += std::string(", \"end\": ") + quote(end);
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
        const std::string head = "{\"name\": " + quote(v.name);
        if (v.kind == LearnedVariable::Kind::map) {
            const auto entry = [](const auto& e) { return fmt::format("[{}, {}]", list(e.first, spell), e.second); };
            return fmt::format("{}, \"map\": {{\"of\": {}, \"table\": {}, \"otherwise\": {}}}}}", head,
                               list(v.of, quote), list(v.table, entry), v.otherwise);
        }
        const bool closest = v.kind == LearnedVariable::Kind::closest;
        const auto pair = [](const auto& p) { return fmt::format("[{}, {}]", spell(p.first), spell(p.second)); };
        return fmt::format(
            "{}, \"attend\": {{\"query\": {}, \"key\": {}, \"pairs\": {}, \"mask\": {}, \"take\": {}, \"value\": {}, "
            "\"none\": {}}}}}",
            head, quote(v.query), quote(v.key), list(v.pairs, pair), quote(program_.causal ? "causal" : "none"),
            quote(closest ? "nearest" : "sum"), quote(v.value), closest ? "\"first\"" : "0");
    }

    std::string output() const {
        std::string scores;
        for (const auto& [feature, counts] : program_.scores) {
            scores += std::string(scores.empty() ? "" : ",") + "\n   " + score(feature, counts);
        }
        return fmt::format("{{\"positions\": \"word\", \"classes\": {}, \"tie\": \"first\", \"scores\": [{}]}}",
                           list(weights_.classes, quote), scores);
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
        if (counts) return fmt::format("{{\"times\": {}, \"weights\": {}}}", quote(feature), numbers(*rows[0]));
        std::string all;
        for (const auto* row : rows) all += (all.empty() ? "" : ", ") + quote(row->value) + ": " + numbers(*row);
        return fmt::format("{{\"of\": {}, \"weights\": {{{}}}}}", quote(feature), all);
    }

    const LearnedProgram& program_;
    const LearnedWeights& weights_;
    const std::string& file_;
};

}  // namespace

std::string write_learned_program(const LearnedProgram& program, const LearnedWeights& weights, const std::string& name,
                                  const std::string& file) {
    return Writer(program, weights, file).write(name);
}

}  // namespace attest::formats::import

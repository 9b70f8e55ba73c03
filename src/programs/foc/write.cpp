#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "base/json_text.hpp"
#include "program.hpp"
#include "programs/symbol_text.hpp"

namespace attest::programs::foc {

namespace {

/// A sum of variables that stands on one side of a relation.
std::string sum_text(const std::vector<std::pair<std::int64_t, std::uint32_t>>& terms, std::int64_t constant) {
    std::vector<std::string> parts;
    for (const auto& [factor, v] : terms)
        parts.push_back(factor == 1 ? fmt::format("x{}", v + 1) : fmt::format("{}*x{}", factor, v + 1));
    if (constant != 0 || parts.empty()) parts.push_back(std::to_string(constant));
    return fmt::format("{}", fmt::join(parts, " + "));
}

/// `2*x1 + 3 >= x2`: nothing is taken away on either side.
std::string relation_text(const Linear& form, const char* relation, const char* turned) {
    std::vector<std::pair<std::int64_t, std::uint32_t>> left, right;
    for (const auto& [v, factor] : form.terms)
        if (factor > 0) left.emplace_back(factor, v);
        else right.emplace_back(-factor, v);
    const std::int64_t more = std::max<std::int64_t>(form.constant, 0),
                       less = std::max<std::int64_t>(-form.constant, 0);
    if (left.empty()) return fmt::format("{} {} {}", sum_text(right, less), turned, sum_text(left, more));
    return fmt::format("{} {} {}", sum_text(left, more), relation, sum_text(right, less));
}

std::string multiple_text(const Conditions::Node& node) {
    std::vector<std::pair<std::int64_t, std::uint32_t>> terms;
    for (const auto& [v, factor] : node.form.terms) terms.emplace_back(factor, v);
    const std::int64_t rest = (node.modulus - node.form.constant) % node.modulus;
    const std::string text = fmt::format("{} mod {} = {}", sum_text(terms, 0), node.modulus, rest);
    return node.negated ? fmt::format("!({})", text) : text;
}

std::string condition_text(const Conditions& conditions, Conditions::Id id, bool inside) {
    const Conditions::Node& node = conditions.node(id);
    switch (node.kind) {
        case Conditions::Kind::constant: return id == Conditions::yes ? "true" : "false";
        case Conditions::Kind::least: return relation_text(node.form, ">=", "<=");
        case Conditions::Kind::zero: return relation_text(node.form, "=", "=");
        case Conditions::Kind::multiple: return multiple_text(node);
        default: break;
    }
    std::vector<std::string> parts;
    for (const Conditions::Id part : node.parts) parts.push_back(condition_text(conditions, part, true));
    const char* sign = node.kind == Conditions::Kind::conjunction ? " & " : " | ";
    const std::string text = fmt::format("{}", fmt::join(parts, sign));
    return inside ? fmt::format("({})", text) : text;
}

/// What the text reads as the symbol of a position.
std::string symbol_of(const std::string& symbol) {
    const std::string text = symbol_text(symbol, "#");
    constexpr std::string_view taken[] = {"exists", "forall", "exactly", "some",     "every",
                                          "true",   "false",  "mod",     "alphabet", "output"};
    const bool is_word = std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 128 && (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_');
    });
    const bool is_number = text.find_first_not_of("0123456789") == std::string::npos;
    const bool begins = std::isdigit(static_cast<unsigned char>(text[0])) == 0 || is_number;
    if (text[0] == '"' || (is_word && begins && std::find(std::begin(taken), std::end(taken), text) == std::end(taken)))
        return text;
    return '"' + symbol + '"';
}

std::string any_text(const std::vector<std::string>& parts) {
    if (parts.size() == 1) return parts.front();
    return fmt::format("({})", fmt::join(parts, " | "));
}

std::string residues_text(const std::vector<std::uint32_t>& residues, std::uint32_t modulus) {
    std::vector<std::string> parts;
    for (const std::uint32_t r : residues) parts.push_back(fmt::format("p mod {} = {}", modulus, r));
    return any_text(parts);
}

/// ψ: symbols at the same residues stand together.
std::string cells_text(const NormalForm& form, const std::vector<bool>& cells) {
    std::vector<std::pair<std::vector<std::uint32_t>, std::vector<std::string>>> groups;
    for (std::size_t a = 0; a < form.alphabet.size(); ++a) {
        std::vector<std::uint32_t> residues;
        for (std::uint32_t r = 0; r < form.modulus; ++r)
            if (cells[a * form.modulus + r]) residues.push_back(r);
        if (residues.empty()) continue;
        const auto same =
            std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == residues; });
        const std::string text = fmt::format("{}(p)", symbol_of(form.alphabet[a]));
        if (same == groups.end()) groups.push_back({residues, {text}});
        else same->second.push_back(text);
    }
    std::vector<std::string> parts;
    for (const auto& [residues, symbols] : groups) {
        const bool all_symbols = symbols.size() == form.alphabet.size(), everywhere = residues.size() == form.modulus;
        if (all_symbols && everywhere) return "true";
        if (everywhere) parts.push_back(any_text(symbols));
        else if (all_symbols) parts.push_back(residues_text(residues, form.modulus));
        else parts.push_back(fmt::format("{} & {}", any_text(symbols), residues_text(residues, form.modulus)));
    }
    if (parts.size() > 1)
        for (std::string& part : parts)
            if (part.find(" & ") != std::string::npos) part = fmt::format("({})", part);
    return fmt::format("{}", fmt::join(parts, " | "));
}

nlohmann::ordered_json form_json(const Linear& form) {
    nlohmann::ordered_json terms = nlohmann::ordered_json::array();
    for (const auto& [v, factor] : form.terms) terms.push_back({v, factor});
    return terms;
}

nlohmann::ordered_json node_json(const Program& program, const Node& node, const std::vector<std::uint32_t>& number) {
    switch (node.kind) {
        case Node::Kind::constant: return nlohmann::ordered_json::array({node.left == 1 ? "true" : "false"});
        case Node::Kind::symbol: return {"symbol", node.position, program.alphabet[node.left]};
        case Node::Kind::residue: return {"residue", node.position, node.modulus, node.rest};
        case Node::Kind::least: return {"least", form_json(node.form), node.form.constant};
        case Node::Kind::zero: return {"zero", form_json(node.form), node.form.constant};
        case Node::Kind::multiple: return {"multiple", node.modulus, form_json(node.form), node.form.constant};
        case Node::Kind::negation: return {"not", number[node.left]};
        case Node::Kind::conjunction: return {"and", number[node.left], number[node.right]};
        case Node::Kind::disjunction: return {"or", number[node.left], number[node.right]};
        case Node::Kind::exists: return {"exists", node.count, number[node.left]};
        case Node::Kind::exactly: return {"exactly", node.count, node.position, number[node.left]};
    }
    return {};
}

}  // namespace

std::string write(const NormalForm& form) {
    std::string text = "alphabet";
    for (const std::string& symbol : form.alphabet) text += " " + symbol_text(symbol, "#");
    text += "\n";
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < form.counts.size(); ++k) {
        text += fmt::format("exists x{} ", k + 1);
        parts.push_back(fmt::format("exactly x{} p ({})", k + 1, cells_text(form, form.counts[k])));
    }
    parts.push_back(condition_text(form.conditions, form.condition, !parts.empty()));
    return text + (form.counts.empty() ? parts.front() : fmt::format("({})", fmt::join(parts, " & "))) + "\n";
}

std::string formula_file(const Program& program) {
    const std::vector<bool> needed = used(program);
    std::vector<std::uint32_t> number(program.nodes.size(), 0);
    nlohmann::ordered_json document = {
        {"format", "attest/foc"}, {"version", 1}, {"name", program.name}, {"alphabet", program.alphabet}};
    nlohmann::ordered_json nodes = nlohmann::ordered_json::array();
    for (std::size_t k = 0; k <= program.output; ++k) {
        if (!needed[k]) continue;
        number[k] = static_cast<std::uint32_t>(nodes.size());
        nodes.push_back(node_json(program, program.nodes[k], number));
    }
    document["nodes"] = std::move(nodes);
    return base::json_text(document, -1, base::NotUtf8::replaced) + "\n";
}

}  // namespace attest::programs::foc

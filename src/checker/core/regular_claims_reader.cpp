#include <algorithm>
#include <memory>
#include <set>

#include "checker/core/manifest_fields.hpp"
#include "checker/core/regular_claims.hpp"

// FORMAT.md, sections 22 and 23: the keys and no others. Which rules show what is settled here, so that a rule is only
// asked where it says something about the claim.

namespace attest::checker {
namespace {

/// What a rule needs: names of words and of numbers.
struct Rule {
    const char* name;
    std::vector<const char*> words, numbers;
};

const std::vector<Rule>& rules() {
    static const std::vector<Rule> all = {
        {"J1", {"x", "a", "b", "y"}, {}},
        {"stutter", {"x", "a", "y"}, {}},
        {"R", {"x", "u", "v", "y"}, {}},
        {"L", {"x", "s", "t", "y"}, {"K"}},
        {"DA", {"x", "a", "b", "c", "y"}, {"K"}},
        {"R-groups", {"x", "e", "f", "y"}, {}},
        {"star-free", {"x", "v", "y"}, {"q"}},
        {"quasi-aperiodic", {"x", "u", "v", "y"}, {"q"}},
        {"FOC", {"x", "a", "u", "v", "w", "b", "y"}, {}},
        {"solvable", {"u", "v"}, {}},
        {"C-RASP", {}, {}},
    };
    return all;
}

/// Which rules show that a language is outside of a class.
const std::map<std::string, std::set<std::string>>& shown_by() {
    static const std::map<std::string, std::set<std::string>> all = {
        {"J1", {"J1"}},
        {"J", {"R", "L"}},
        {"R", {"R"}},
        {"L", {"L"}},
        {"DA", {"DA"}},
        {"R-groups", {"R-groups"}},
        {"R-omega", {"R-groups", "star-free"}},
        {"C-RASP", {"C-RASP"}},
        {"star-free", {"star-free"}},
        {"quasi-aperiodic", {"quasi-aperiodic"}},
        {"FOC", {"FOC"}},
        {"stutter", {"stutter"}},
        {"non-strict", {"star-free", "stutter"}},
        {"solvable", {"solvable"}},
    };
    return all;
}

std::size_t read_state(const Cursor& at) { return static_cast<std::size_t>(at.integer(0, 99'999)); }

std::vector<std::size_t> read_states(const Cursor& at) {
    std::vector<std::size_t> states;
    for (std::size_t k = 0; k < at.size(); ++k) {
        states.push_back(read_state(at.item(k)));
        if (k > 0 && states[k] <= states[k - 1]) at.item(k).fail("the states do not ascend");
    }
    if (states.empty()) at.fail("some state was expected");
    return states;
}

EdgeSum read_sum(const Cursor& at) {
    at.only({"states", "edges"});
    const Cursor states = at.at("states"), edges = at.at("edges");
    if (states.size() != 2) states.fail("two states were expected");
    EdgeSum sum{read_state(states.item(0)), read_state(states.item(1)), {}};
    for (std::size_t k = 0; k < edges.size(); ++k) {
        const Cursor edge = edges.item(k);
        if (edge.size() != 3) edge.fail("a state, a symbol and a number were expected");
        sum.edges.push_back({read_state(edge.item(0)), edge.item(1).string(), edge.item(2).number()});
    }
    return sum;
}

void read_counters(const Cursor& at, RuleEvidence& evidence) {
    const Cursor classes = at.at("classes"), sums = at.at("sums");
    for (std::size_t k = 0; k < classes.size(); ++k) evidence.classes.push_back(read_states(classes.item(k)));
    for (std::size_t k = 0; k < sums.size(); ++k) evidence.sums.push_back(read_sum(sums.item(k)));
}

/// An object with the keys that the rule has and no others.
void only_keys(const Cursor& at, const Rule& rule) {
    std::set<std::string> keys{"kind", "rule"};
    keys.insert(rule.words.begin(), rule.words.end());
    keys.insert(rule.numbers.begin(), rule.numbers.end());
    if (rule.name == std::string("solvable")) keys.insert("states");
    if (rule.name == std::string("C-RASP")) keys.insert({"classes", "sums"});
    for (const auto& member : at.json().members())
        if (!keys.contains(member.first)) at.fail("unknown key \"" + member.first + "\"");
}

}  // namespace

std::vector<Symbol> read_language_alphabet(const Cursor& at) {
    std::vector<Symbol> symbols;
    std::set<Symbol> seen;
    for (std::size_t a = 0; a < at.size(); ++a) {
        const std::string& symbol = at.item(a).string();
        if (!is_symbol(symbol)) at.item(a).fail("a symbol is one character, no control character");
        if (!seen.insert(symbol).second) at.item(a).fail("the symbol occurs twice");
        symbols.push_back(symbol);
    }
    if (symbols.empty()) at.fail("at least one symbol was expected");
    return symbols;
}

void read_outside(const Cursor& at, Claim& claim) {
    at.only({"kind", "language", "alphabet", "class", "verdict"});
    claim.language = at.at("language").string();
    const Cursor name = at.at("class");
    if (!shown_by().contains(name.string())) name.fail("\"" + name.string() + "\" is not a class");
    claim.outside =
        std::make_shared<const OutsideClaim>(OutsideClaim{read_language_alphabet(at.at("alphabet")), name.string()});
    if (at.at("verdict").string() != "outside") at.at("verdict").fail("\"outside\" was expected");
}

Evidence read_rule_evidence(const Cursor& at, const Claim& claim) {
    if (at.at("kind").string() != "words") at.at("kind").fail("evidence of the kind \"words\" was expected");
    const Cursor name = at.at("rule");
    const auto rule =
        std::find_if(rules().begin(), rules().end(), [&](const Rule& r) { return name.string() == r.name; });
    if (rule == rules().end()) name.fail("\"" + name.string() + "\" is not a rule");
    if (!shown_by().at(claim.outside->name).contains(rule->name)) name.fail("the rule does not show this of the class");
    only_keys(at, *rule);
    RuleEvidence words;
    words.rule = rule->name;
    for (const char* key : rule->words) words.words[key] = at.at(key).string();
    for (const char* key : rule->numbers)
        words.numbers[key] = static_cast<std::uint64_t>(at.at(key).integer(1, 1'000'000'000));
    if (words.rule == "solvable") words.states = read_states(at.at("states"));
    if (words.rule == "C-RASP") read_counters(at, words);
    Evidence evidence;
    evidence.kind = Evidence::Kind::words;
    evidence.rule = std::make_shared<const RuleEvidence>(std::move(words));
    return evidence;
}

void read_layers(const Cursor& at, Claim& claim) {
    at.only({"kind", "language", "alphabet", "mask", "tie", "modulus", "layers", "read", "verdict"});
    claim.language = at.at("language").string();
    LayersClaim layers;
    layers.alphabet = read_language_alphabet(at.at("alphabet"));
    if (at.at("mask").string() != "strict") at.at("mask").fail("\"strict\" was expected");
    const Cursor tie = at.at("tie");
    layers.tie = tie.string();
    if (!std::set<std::string>{"right", "left", "both", "two-sided"}.contains(layers.tie))
        tie.fail("\"right\", \"left\", \"both\" or \"two-sided\" was expected");
    layers.modulus = static_cast<std::size_t>(at.at("modulus").integer(1, 1'000'000));
    layers.layers = static_cast<std::size_t>(at.at("layers").integer(0, 1'000));
    layers.reads_end = read_choice(at.at("read"), "end", "last");
    if (at.at("verdict").string() != "impossible") at.at("verdict").fail("\"impossible\" was expected");
    claim.layers = std::make_shared<const LayersClaim>(std::move(layers));
}

Evidence read_pair_evidence(const Cursor& at, const Claim&) {
    at.only({"kind", "words"});
    if (at.at("kind").string() != "pair") at.at("kind").fail("evidence of the kind \"pair\" was expected");
    const Cursor words = at.at("words");
    if (words.size() != 2) words.fail("two words were expected");
    Evidence evidence;
    evidence.kind = Evidence::Kind::pair;
    evidence.pair = {words.item(0).string(), words.item(1).string()};
    return evidence;
}

std::vector<std::string> files_of_regular_claim(const Manifest&) { return {}; }

}  // namespace attest::checker

#include "programs/foc/condition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "attest/base/error.hpp"

// Variables are never negative, which decides many atoms by their signs. Elimination: let λ be the lcm of the variable's
// factors, D the period of its congruences once they are congruences of λv, and y = λv. If y is a solution and y − D is none, then some atom
// became true between the two: an inequality y ≥ b with b ≤ y < b + D, or an equation y = b. As v ≥ 0 is one of the
// inequalities this happens below each solution, so that the candidates b + j, 0 ≤ j < D, are enough.

namespace attest::programs::foc {

namespace {

constexpr std::size_t most_conditions = 200'000, most_candidates = 4096;

[[noreturn]] void too_large(const char* what) {
    throw base::Unsupported(fmt::format("the normal form of the formula is too large: {}", what));
}

std::int64_t product(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_mul_overflow(a, b, &result)) too_large("a number leaves 64 bits");
    return result;
}

std::int64_t sum(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(a, b, &result)) too_large("a number leaves 64 bits");
    return result;
}

std::int64_t floor_by(std::int64_t a, std::int64_t divisor) {
    const std::int64_t quotient = a / divisor;
    return a % divisor < 0 ? quotient - 1 : quotient;
}

std::int64_t modulo(std::int64_t a, std::int64_t m) { return (a % m + m) % m; }

std::int64_t common(std::int64_t a, std::int64_t b) { return product(a / std::gcd(a, b), b); }

std::int64_t divisor_of(const Linear& form) {
    std::int64_t g = 0;
    for (const auto& [v, factor] : form.terms) g = std::gcd(g, factor);
    return g;
}

void divide(Linear& form, std::int64_t by) {
    for (auto& [v, factor] : form.terms) factor /= by;
}

bool none_negative(const Linear& form) {
    return std::all_of(form.terms.begin(), form.terms.end(), [](const auto& term) { return term.second > 0; });
}

bool none_positive(const Linear& form) {
    return std::all_of(form.terms.begin(), form.terms.end(), [](const auto& term) { return term.second < 0; });
}

using Terms = std::map<std::uint32_t, std::int64_t>;

Terms opposite(Terms terms) {
    for (auto& [v, factor] : terms) factor = -factor;
    return terms;
}

}  // namespace

Linear plus(const Linear& a, const Linear& b) {
    Linear result = a;
    for (const auto& [v, factor] : b.terms) {
        const std::int64_t added = sum(result.factor(v), factor);
        if (added == 0) result.terms.erase(v);
        else result.terms[v] = added;
    }
    result.constant = sum(a.constant, b.constant);
    return result;
}

Linear times(std::int64_t factor, const Linear& a) {
    Linear result;
    if (factor == 0) return result;
    for (const auto& [v, f] : a.terms) result.terms[v] = product(factor, f);
    result.constant = product(factor, a.constant);
    return result;
}

Linear variable(std::uint32_t which) { return {{{which, 1}}, 0}; }

Conditions::Conditions() {
    nodes_.push_back({});
    nodes_.push_back({Kind::constant, true});
}

Conditions::Id Conditions::intern(Node node) {
    const auto [place, is_new] = known_.try_emplace(std::move(node), static_cast<Id>(nodes_.size()));
    if (!is_new) return place->second;
    if (nodes_.size() >= most_conditions) too_large("it has more than 200000 conditions");
    nodes_.push_back(place->first);
    return place->second;
}

Conditions::Id Conditions::least(const Linear& form) {
    if (form.constant >= 0 && none_negative(form)) return yes;
    if (form.constant < 0 && none_positive(form)) return no;
    Linear reduced = form;
    const std::int64_t g = divisor_of(form);
    divide(reduced, g);
    reduced.constant = floor_by(form.constant, g);
    if (reduced.constant >= 0 && none_negative(reduced)) return yes;
    return intern({Kind::least, false, 1, std::move(reduced)});
}

Conditions::Id Conditions::zero(const Linear& form) {
    if (form.terms.empty()) return form.constant == 0 ? yes : no;
    const std::int64_t g = divisor_of(form);
    if (form.constant % g != 0) return no;
    if ((form.constant > 0 && none_negative(form)) || (form.constant < 0 && none_positive(form))) return no;
    Linear reduced = form;
    divide(reduced, g);
    reduced.constant = form.constant / g;
    if (reduced.terms.begin()->second < 0) reduced = times(-1, reduced);
    return intern({Kind::zero, false, 1, std::move(reduced)});
}

Conditions::Id Conditions::multiple(const Linear& form, std::int64_t modulus, bool negated) {
    Linear reduced{{}, modulo(form.constant, modulus)};
    for (const auto& [v, factor] : form.terms)
        if (const std::int64_t rest = modulo(factor, modulus); rest != 0) reduced.terms[v] = rest;
    const std::int64_t g = std::gcd(divisor_of(reduced), modulus);
    if (reduced.constant % g != 0) return negated ? yes : no;
    if (g == modulus) return negated ? no : yes;
    divide(reduced, g);
    reduced.constant /= g;
    return intern({Kind::multiple, negated, modulus / g, std::move(reduced)});
}

std::vector<Conditions::Id> Conditions::flat(const std::vector<Id>& parts, Kind kind) const {
    std::set<Id> found;
    for (const Id part : parts)
        if (nodes_[part].kind == kind) found.insert(nodes_[part].parts.begin(), nodes_[part].parts.end());
        else found.insert(part);
    return {found.begin(), found.end()};
}

/// Of inequalities on the same sum the strongest is kept; an equation decides those on its sum.
Conditions::Id Conditions::all(const std::vector<Id>& parts) {
    const std::vector<Id> given = flat(parts, Kind::conjunction);
    std::map<Terms, std::int64_t> least_of, zero_of;
    std::set<Id> kept;
    for (const Id part : given) {
        const Node& node = nodes_[part];
        if (part == no) return no;
        if (part == yes) continue;
        if (node.kind == Kind::zero) {
            const auto [place, is_new] = zero_of.try_emplace(node.form.terms, node.form.constant);
            if (!is_new && place->second != node.form.constant) return no;
        } else if (node.kind == Kind::least) {
            const auto place = least_of.try_emplace(node.form.terms, node.form.constant).first;
            place->second = std::min(place->second, node.form.constant);
            continue;
        }
        kept.insert(part);
    }
    for (const auto& [terms, constant] : least_of) {
        const Terms turned = opposite(terms);
        const auto equal = zero_of.find(terms), turned_equal = zero_of.find(turned);
        if (equal != zero_of.end() || turned_equal != zero_of.end()) {
            const std::int64_t value = equal != zero_of.end() ? -equal->second : turned_equal->second;
            if (sum(value, constant) < 0) return no;
            continue;
        }
        const auto other = least_of.find(turned);
        const std::int64_t room = other == least_of.end() ? 1 : sum(constant, other->second);
        if (room < 0) return no;
        kept.insert(room == 0 && other != least_of.end() ? zero({terms, constant})
                                                         : intern({Kind::least, false, 1, {terms, constant}}));
    }
    for (const Id part : kept)
        if (nodes_[part].kind == Kind::multiple && kept.contains(negation(part))) return no;
    // A disjunction of which a part is asked for anyway says nothing.
    std::vector<Id> list;
    for (const Id part : kept) {
        const auto& inside = nodes_[part].parts;
        const bool said = nodes_[part].kind == Kind::disjunction &&
                          std::any_of(inside.begin(), inside.end(), [&](Id k) { return kept.contains(k); });
        if (!said) list.push_back(part);
    }
    if (list.empty()) return yes;
    return list.size() == 1 ? list.front() : intern({Kind::conjunction, false, 1, {}, std::move(list)});
}

/// Of inequalities on the same sum the weakest is kept.
Conditions::Id Conditions::any(const std::vector<Id>& parts) {
    const std::vector<Id> given = flat(parts, Kind::disjunction);
    std::map<Terms, std::int64_t> least_of;
    std::set<Id> kept;
    for (const Id part : given) {
        const Node& node = nodes_[part];
        if (part == yes) return yes;
        if (part == no) continue;
        if (node.kind != Kind::least) {
            kept.insert(part);
            continue;
        }
        const auto place = least_of.try_emplace(node.form.terms, node.form.constant).first;
        place->second = std::max(place->second, node.form.constant);
    }
    for (const auto& [terms, constant] : least_of) {
        const auto other = least_of.find(opposite(terms));
        if (other != least_of.end() && sum(constant, other->second) >= -1) return yes;
        kept.insert(intern({Kind::least, false, 1, {terms, constant}}));
    }
    for (const Id part : kept)
        if (nodes_[part].kind == Kind::multiple && kept.contains(negation(part))) return yes;
    std::vector<Id> list;
    for (const Id part : kept) {
        const auto& inside = nodes_[part].parts;
        const bool said = nodes_[part].kind == Kind::conjunction &&
                          std::any_of(inside.begin(), inside.end(), [&](Id k) { return kept.contains(k); });
        if (!said) list.push_back(part);
    }
    if (list.empty()) return no;
    return list.size() == 1 ? list.front() : intern({Kind::disjunction, false, 1, {}, std::move(list)});
}

Conditions::Id Conditions::negation(Id id) {
    const Node node = nodes_[id];
    switch (node.kind) {
        case Kind::constant: return id == no ? yes : no;
        case Kind::least: return least(plus(times(-1, node.form), {{}, -1}));
        case Kind::zero: return any({least(plus(node.form, {{}, -1})), least(plus(times(-1, node.form), {{}, -1}))});
        case Kind::multiple: return multiple(node.form, node.modulus, !node.negated);
        default: break;
    }
    std::vector<Id> parts;
    for (const Id part : node.parts) parts.push_back(negation(part));
    return node.kind == Kind::conjunction ? any(parts) : all(parts);
}

std::vector<Conditions::Id> Conditions::below(Id id) const {
    std::set<Id> found{id};
    // Parts are older than what they are parts of.
    for (auto at = found.rbegin(); at != found.rend(); ++at)
        found.insert(nodes_[*at].parts.begin(), nodes_[*at].parts.end());
    return {found.begin(), found.end()};
}

bool Conditions::mentions(Id id, std::uint32_t variable) const {
    const std::vector<Id> all_of_it = below(id);
    return std::any_of(all_of_it.begin(), all_of_it.end(),
                       [&](Id part) { return nodes_[part].form.factor(variable) != 0; });
}

Conditions::Id Conditions::substitute(Id id, std::uint32_t variable, std::int64_t factor, const Linear& value) {
    std::map<Id, Id> made;
    for (const Id part : below(id)) {
        const Node node = nodes_[part];
        const std::int64_t inside = node.form.factor(variable);
        if (node.parts.empty() && inside == 0) {
            made[part] = part;
        } else if (!node.parts.empty()) {
            std::vector<Id> parts;
            for (const Id p : node.parts) parts.push_back(made.at(p));
            made[part] = node.kind == Kind::conjunction ? all(parts) : any(parts);
        } else {
            Linear rest = node.form;
            rest.terms.erase(variable);
            const Linear form = plus(times(inside, value), times(factor, rest));
            made[part] = node.kind == Kind::least  ? least(form)
                         : node.kind == Kind::zero ? zero(form)
                                                   : multiple(form, product(node.modulus, factor), node.negated);
        }
    }
    return made.at(id);
}

Conditions::Id Conditions::exists(Id id, std::uint32_t variable, const Linear* most) {
    if (!mentions(id, variable)) return id;
    if (nodes_[id].kind == Kind::disjunction) {
        std::vector<Id> parts;
        for (const Id part : std::vector<Id>(nodes_[id].parts)) parts.push_back(exists(part, variable, most));
        return any(parts);
    }
    const Id bounded = most == nullptr ? id : all({id, least(plus(*most, times(-1, foc::variable(variable))))});
    if (bounded == no) return no;
    const std::vector<Id> given =
        nodes_[bounded].kind == Kind::conjunction ? std::vector<Id>(nodes_[bounded].parts) : std::vector<Id>{bounded};
    std::vector<Id> outside, inside;
    for (const Id part : given) (mentions(part, variable) ? inside : outside).push_back(part);
    for (const Id part : inside)
        if (nodes_[part].kind == Kind::zero) {
            outside.push_back(solve(inside, part, variable, most));
            return all(outside);
        }
    outside.push_back(candidates(all(inside), variable));
    return all(outside);
}

/// An equation a v + t = 0 among the parts: a divides t, 0 ≤ -t, and -t ≤ a · most if there is one.
Conditions::Id Conditions::solve(const std::vector<Id>& parts, Id equation, std::uint32_t variable,
                                 const Linear* most) {
    Linear rest = nodes_[equation].form;
    std::int64_t factor = rest.factor(variable);
    rest.terms.erase(variable);
    if (factor < 0) {
        factor = -factor;
        rest = times(-1, rest);
    }
    const Linear value = times(-1, rest);
    std::vector<Id> all_of_it{multiple(rest, factor), least(value)};
    if (most != nullptr) all_of_it.push_back(least(plus(times(factor, *most), rest)));
    for (const Id part : parts)
        if (part != equation) all_of_it.push_back(substitute(part, variable, factor, value));
    return all(all_of_it);
}

Conditions::Id Conditions::candidates(Id id, std::uint32_t variable) {
    std::int64_t scale = 1;
    std::vector<Node> atoms;
    for (const Id part : below(id))
        if (const std::int64_t factor = nodes_[part].form.factor(variable); factor != 0) {
            atoms.push_back(nodes_[part]);
            scale = common(scale, std::abs(factor));
        }
    std::int64_t period = scale;
    std::set<Linear> ends{Linear{}};
    for (const Node& atom : atoms) {
        const std::int64_t factor = atom.form.factor(variable), by = scale / std::abs(factor);
        if (atom.kind == Kind::multiple) period = common(period, product(atom.modulus, by));
        if (atom.kind == Kind::multiple || (atom.kind == Kind::least && factor < 0)) continue;
        Linear rest = atom.form;
        rest.terms.erase(variable);
        ends.insert(times(factor > 0 ? -by : by, rest));
    }
    if (period > static_cast<std::int64_t>(most_candidates / ends.size()))
        too_large("a quantifier has more than 4096 candidates");
    std::vector<Id> ways;
    for (const Linear& end : ends)
        for (std::int64_t j = 0; j < period; ++j) {
            const Linear value = plus(end, {{}, j});
            const Id is_one = all({multiple(value, scale), least(value)});
            if (is_one != no) ways.push_back(all({is_one, substitute(id, variable, scale, value)}));
        }
    return any(ways);
}

Conditions::Id Conditions::copy(const Conditions& from, Id id, const std::map<std::uint32_t, std::uint32_t>& names) {
    std::map<Id, Id> made;
    for (const Id part : from.below(id)) {
        const Node& node = from.nodes_[part];
        Linear form{{}, node.form.constant};
        for (const auto& [v, factor] : node.form.terms)
            if (const auto name = names.find(v); name != names.end()) form.terms[name->second] = factor;
        std::vector<Id> parts;
        for (const Id p : node.parts) parts.push_back(made.at(p));
        switch (node.kind) {
            case Kind::constant: made[part] = part; break;
            case Kind::least: made[part] = least(form); break;
            case Kind::zero: made[part] = zero(form); break;
            case Kind::multiple: made[part] = multiple(form, node.modulus, node.negated); break;
            case Kind::conjunction: made[part] = all(parts); break;
            case Kind::disjunction: made[part] = any(parts); break;
        }
    }
    return made.at(id);
}

bool Conditions::holds(Id id, const std::vector<std::int64_t>& values) const {
    const Node& node = nodes_[id];
    std::int64_t value = node.form.constant;
    for (const auto& [v, factor] : node.form.terms) value = sum(value, product(factor, values[v]));
    const auto is_true = [&](Id part) { return holds(part, values); };
    switch (node.kind) {
        case Kind::constant: return id == yes;
        case Kind::least: return value >= 0;
        case Kind::zero: return value == 0;
        case Kind::multiple: return (value % node.modulus == 0) != node.negated;
        case Kind::conjunction: return std::all_of(node.parts.begin(), node.parts.end(), is_true);
        case Kind::disjunction: return std::any_of(node.parts.begin(), node.parts.end(), is_true);
    }
    return false;
}

}  // namespace attest::programs::foc

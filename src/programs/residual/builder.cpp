#include "builder.hpp"

#include <algorithm>
#include <tuple>

namespace attest::programs::residual {

bool Builder::Less::operator()(const Form& a, const Form& b) const {
    if (a.terms.size() != b.terms.size()) return a.terms.size() < b.terms.size();
    if (a.constant != b.constant) return a.constant < b.constant;
    return a.terms < b.terms;
}

bool Builder::Less::operator()(const Made& a, const Made& b) const {
    if (std::tie(a.kind, a.detail) != std::tie(b.kind, b.detail))
        return std::tie(a.kind, a.detail) < std::tie(b.kind, b.detail);
    return (*this)(a.form, b.form);
}

bool Builder::Less::operator()(const std::vector<Form>& a, const std::vector<Form>& b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), *this);
}

bool Builder::Less::operator()(const Pattern& a, const Pattern& b) const {
    if (std::tie(a.mask, a.tie) != std::tie(b.mask, b.tie)) return std::tie(a.mask, a.tie) < std::tie(b.mask, b.tie);
    if ((*this)(a.query, b.query)) return true;
    return !(*this)(b.query, a.query) && (*this)(a.key, b.key);
}

Value Builder::keep(Made made) {
    const auto [at, is_new] = known_.try_emplace(std::move(made), static_cast<Value>(values_.size()));
    if (is_new) values_.push_back(at->first);
    return at->second;
}

Value Builder::place(const std::string& expression) {
    auto at = std::find(places_.begin(), places_.end(), expression);
    if (at == places_.end()) at = places_.insert(at, expression);
    return keep({Kind::place, 0, 0, static_cast<std::uint32_t>(at - places_.begin())});
}

std::uint32_t Builder::level_of(const Form& form) const {
    std::uint32_t level = 0;
    for (const auto& term : form.terms) level = std::max(level, values_[term.first].level);
    return level;
}

Value Builder::unit(const Form& inside) {
    Made made{Kind::unit, level_of(inside), 1, 0, inside};
    for (const auto& term : inside.terms)
        if (values_[term.first].level == made.level) made.depth = std::max(made.depth, values_[term.first].depth + 1);
    return keep(std::move(made));
}

std::uint32_t Builder::intern(const Pattern& pattern) {
    const auto [at, is_new] = known_patterns_.try_emplace(pattern, static_cast<std::uint32_t>(patterns_.size()));
    if (is_new) patterns_.push_back(pattern);
    return at->second;
}

Value Builder::look(const Pattern& pattern, const Form& copied) {
    std::uint32_t level = level_of(copied);
    for (const Form& form : pattern.query) level = std::max(level, level_of(form));
    for (const Form& form : pattern.key) level = std::max(level, level_of(form));
    return keep({Kind::look, level + 1, 0, intern(pattern), copied});
}

}  // namespace attest::programs::residual

#include "cases.hpp"

#include <algorithm>
#include <set>

#include "attest/base/error.hpp"

namespace attest::programs::brasp {

namespace {

constexpr std::size_t most_cases_of_an_attention = 4096;

}  // namespace

Cases::Cases(const Program& program, const Definition& attention) : program_(program) {
    std::set<std::uint32_t> asked;
    for (const Expression& e : {attention.score, attention.value})
        for (std::uint32_t n = e.first; n <= e.last; ++n)
            if (program.nodes[n].kind == Node::Kind::name && !program.nodes[n].flag)
                asked.insert(program.nodes[n].left);
    for (const std::uint32_t d : asked) {
        const Definition& of = program.definitions[d];
        if (of.kind == Definition::Kind::bos) continue;
        if (of.kind != Definition::Kind::symbol) others_.push_back(d);
        else if (std::find(symbols_.begin(), symbols_.end(), of.symbol) == symbols_.end())
            symbols_.push_back(of.symbol);
    }
    if (others_.size() > 12 || count() > most_cases_of_an_attention)
        throw base::Unsupported("'" + attention.name + "' asks in more than 4096 ways");
}

bool Cases::value(std::size_t number, std::uint32_t definition) const {
    const Definition& of = program_.definitions[definition];
    if (of.kind == Definition::Kind::bos) return false;  // position 0 finds nothing, whatever it asks
    if (of.kind == Definition::Kind::symbol) {
        const std::size_t at = symbol(number);
        return at < symbols_.size() && symbols_[at] == of.symbol;
    }
    std::size_t bit = others_.size();
    for (const std::uint32_t d : others_) {
        --bit;
        if (d == definition) return (number >> bit & 1U) != 0;
    }
    throw base::InternalError("a case was asked for a definition that it does not tell");
}

}  // namespace attest::programs::brasp

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "forms.hpp"
#include "hard.hpp"
#include "looks.hpp"

// A program over finite values as B-RASP: for each variable and each value that it may have, one bit. A selection asks, for
// each value of the query, whether the key has one of those that the pairs name.

namespace attest::programs::extract {

namespace {

using Variables = network::Program;
using Value = Variables::Value;
using Values = std::map<Value, Literal>;

constexpr std::size_t most_entries = std::size_t{1} << 16;  ///< that tables of one variable are asked for

class VariableReader {
  public:
    VariableReader(const Variables& program, const std::string& where)
        : p_(program), where_(where), bits_(program.alphabet.size()), looks_(bits_) {}

    brasp::Program read() {
        if (p_.end) fail("end", "no end symbol, which B-RASP has not", base::quoted(*p_.end, 40));
        if (p_.output.accept.empty()) fail("output.accept", "answers that accept", "none");
        exists_ = p_.begin ? yes : bits_.begin() ^ 1U;
        for (std::size_t v = 0; v < p_.variables.size(); ++v) {
            number_ = v + 1;
            place_ = "variables " + base::quoted(p_.variables[v].name, 40);
            values_.push_back(std::visit([&](const auto& step) { return read(step); }, p_.variables[v].step));
        }
        place_ = "output";
        return written_out(bits_, looks_, p_.alphabet.symbols(), p_.output.classes.empty() ? value() : best());
    }

  private:
    [[noreturn]] void fail(const std::string& place, const std::string& expected, const std::string& found) const {
        throw base::InputError(where_ + ":" + place, expected, found);
    }

    Values read(const Variables::Symbol&) {
        Values values;
        for (std::size_t s = 0; s < p_.alphabet.size(); ++s)
            values[p_.alphabet.symbols()[s]] = bits_.symbol(static_cast<std::uint32_t>(s));
        if (p_.begin) values[*p_.begin] = bits_.begin();
        return values;
    }
    Values read(const Variables::Position&) const {
        fail(place_, "symbols and what follows from them, since B-RASP knows no positions", "the position");
    }
    static Values read(const Variables::Constant& step) { return {{step.value, yes}}; }

    Values read(const Variables::Map& map) {
        std::map<std::vector<Value>, Literal> tuples = {{{}, yes}};
        for (const std::size_t of : map.of) {
            std::map<std::vector<Value>, Literal> next;
            for (const auto& [tuple, when] : tuples)
                for (const auto& [value, is] : values_[of]) {
                    const Literal both = bits_.both(when, is);
                    if (both == no) continue;
                    std::vector<Value> longer = tuple;
                    longer.push_back(value);
                    next.emplace(std::move(longer), both);
                }
            tuples = std::move(next);
            if (tuples.size() > most_entries)
                throw base::Unsupported(
                    fmt::format("{}: {} asks a table for more than {} tuples", where_, place_, most_entries));
        }
        Values values;
        for (const auto& [tuple, when] : tuples) {
            const auto at = map.table.find(tuple);
            if (at != map.table.end()) add(values, at->second, when);
            else if (map.otherwise) add(values, *map.otherwise, when);
        }
        return values;
    }

    void add(Values& values, const Value& value, Literal when) {
        Literal& at = values.try_emplace(value, no).first->second;
        at = bits_.either(at, when);
    }

    Values read(const Variables::Attend& attend) {
        using Take = Variables::Take;
        const bool own = attend.mask == network::Mask::causal;
        if (!own && attend.mask != network::Mask::strict)
            fail(place_, "a mask by which positions look back (causal or strict)", network::to_string(attend.mask));
        const bool takes_one = attend.take == Take::left || attend.take == Take::right || attend.take == Take::only ||
                               (attend.take == Take::nearest && !own);
        if (!takes_one) fail(place_, "left or right for what is taken (B-RASP counts nothing)", "another");
        const bool rightmost = attend.take != Take::left;
        LookBack back{rightmost, terms(attend), yes, {number_, 0}};
        Literal here = no;  // the own position is selected
        for (const auto& [query, key] : back.terms) here = bits_.either(here, bits_.both(query, key));
        if (!own) here = no;
        const Literal before = looks_.add(back);
        Values values;
        for (const auto& [value, is] : values_[attend.value]) {
            back.value = is;
            const Literal there = looks_.add(back), at = bits_.both(here, is);
            add(values, value,
                rightmost ? bits_.either(at, bits_.both(here ^ 1U, there))
                          : bits_.either(there, bits_.both(before ^ 1U, at)));
        }
        const Literal none = bits_.both(here ^ 1U, before ^ 1U);
        if (attend.none) add(values, *attend.none, none);
        else
            for (const auto& [value, is] : values_[attend.value]) add(values, value, bits_.both(none, first(is)));
        std::erase_if(values, [](const auto& entry) { return entry.second == no; });
        return values;
    }

    std::vector<std::pair<Literal, Literal>> terms(const Variables::Attend& attend) {
        std::map<Value, Literal> keys;  // by value of the query
        const auto of = [&](std::size_t variable, const Value& value) {
            const auto at = values_[variable].find(value);
            return at == values_[variable].end() ? no : at->second;
        };
        for (const auto& [query, key] : attend.pairs) add(keys, query, bits_.both(of(attend.key, key), exists_));
        std::map<Literal, Literal> by_key;  // queries that select the same
        for (const auto& [query, key] : keys) {
            Literal& asks = by_key.try_emplace(key, no).first->second;
            asks = bits_.either(asks, of(attend.query, query));
        }
        std::vector<std::pair<Literal, Literal>> all;
        for (const auto& [key, asks] : by_key) all.emplace_back(asks, key);
        return all;
    }

    /// A bit at the first position of the sequence.
    Literal first(Literal bit) {
        const LookBack any{false, {{yes, exists_}}, yes, {number_, 0}};
        LookBack back = any;
        back.value = bit;
        return bits_.either(looks_.add(back), bits_.both(looks_.add(any) ^ 1U, bit));
    }

    bool accepts(const std::string& answer) const {
        const auto& accept = p_.output.accept;
        return std::find(accept.begin(), accept.end(), answer) != accept.end();
    }

    Literal value() {
        Literal any = no;
        for (const auto& [value, is] : values_[p_.output.value])
            if (accepts(network::text_of(value))) any = bits_.either(any, is);
        return any;
    }

    Literal best() {
        std::vector<Form> sums(p_.output.classes.size());
        for (const Variables::Score& score : p_.output.scores)
            for (const auto& [value, is] : values_[score.of]) {
                const exact::Vector* row = score.times ? &*score.times : nullptr;
                if (const auto at = score.weights.find(network::text_of(value)); at != score.weights.end())
                    row = &at->second;
                const auto* number = std::get_if<exact::Rational>(&value);
                if (row == nullptr || (score.times && number == nullptr)) continue;
                for (std::size_t c = 0; c < sums.size(); ++c)
                    add_scaled(sums[c], (score.times ? *number : exact::Rational(1)) * (*row)[c], form_of(is));
            }
        Literal any = no;
        for (const Case& one : cases(bits_, sums, place_)) {
            const auto best = std::max_element(one.values.begin(), one.values.end()) - one.values.begin();
            if (accepts(p_.output.classes[static_cast<std::size_t>(best)])) any = bits_.either(any, one.when);
        }
        return any;
    }

    const Variables& p_;
    const std::string& where_;
    Bits bits_;
    Looks looks_;
    Literal exists_ = yes;
    std::vector<Values> values_;
    std::string place_;
    std::size_t number_ = 0;
};

}  // namespace

brasp::Program to_brasp(const network::Program& program, const std::string& where) {
    return VariableReader(program, where).read();
}

}  // namespace attest::programs::extract

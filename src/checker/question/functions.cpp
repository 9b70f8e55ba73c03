#include "checker/question/functions.hpp"

#include <algorithm>
#include <climits>

#include "checker/kernel/defect.hpp"

// From the cells on it is found what each node may be. Then, function by function from the last to the first, its inputs are
// allowed to be all those values, one input after the other, with which it still gives what is allowed of its output: at first
// each input has just the value that it has in the state that is widened. So whatever inputs are allowed together give an output
// that is allowed, and by induction all states that are left do what that one does.

namespace attest::checker {

using Function = ReadingStep::Function;

void ReadingStep::finish() {
    std::size_t bit = 0;
    for (const std::size_t size : sizes) {
        first.push_back(bit);
        bit += size;
    }
}

bool StateWidening::has(const ValueSets& sets, std::size_t node, std::size_t value) const {
    const std::size_t bit = s_.first[node] + value;
    return (sets[bit / 64] >> (bit % 64) & 1U) != 0;
}

void StateWidening::add(ValueSets& sets, std::size_t node, std::size_t value) const {
    const std::size_t bit = s_.first[node] + value;
    sets[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

template <typename Predicate>
bool StateWidening::all(const ValueSets& sets, std::size_t node, const Predicate& predicate) const {
    for (std::size_t value = 0; value < s_.sizes[node]; ++value)
        if (has(sets, node, value) && !predicate(value)) return false;
    return true;
}

/// Allows a node only what is in a set of its values.
void StateWidening::restrict(std::size_t node, const ValueSets& to) {
    for (std::size_t value = 0; value < s_.sizes[node]; ++value) {
        const std::size_t bit = s_.first[node] + value;
        if (!has(to, node, value)) allowed_[bit / 64] &= ~(std::uint64_t{1} << (bit % 64));
    }
}

bool StateWidening::is_within(std::size_t node, const ValueSets& sets, std::size_t other,
                              const ValueSets& others) const {
    return all(sets, node, [&](std::size_t value) { return has(others, other, value); });
}

std::size_t StateWidening::read(const Cells& before, std::uint32_t symbol) {
    budget_.step(s_.functions.size(), 8);
    held_.assign(s_.sizes.size(), 0);
    std::copy(before.begin(), before.end(), held_.begin());
    held_[s_.symbol] = symbol;
    for (const Function& f : s_.functions) {
        if (!f.options.empty()) {
            held_[f.output] = held_[f.options[held_[f.inputs[0]]]];
            continue;
        }
        std::size_t place = 0;
        for (const std::size_t input : f.inputs) place = place * s_.sizes[input] + held_[input];
        held_[f.output] = f.table[place];
        if (f.table[place] == ReadingStep::none) throw Defect("model.json", "a variable has no value on some word");
    }
    if (s_.answer) return answer_ = held_[*s_.answer];
    std::vector<long> sums(s_.texts.size(), 0);
    for (const ReadingStep::Weights& weights : s_.weights) {
        const std::vector<long>& row = weights.of_value[held_[weights.node]];
        if (row.empty()) throw Defect("model.json: output", "a value without weights on some word");
        for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += row[c];
    }
    return answer_ = static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
}

StateWidening::Cells StateWidening::after() const {
    return {held_.end() - static_cast<std::ptrdiff_t>(s_.cells), held_.end()};
}

/// The places of a function's table that values of its inputs lead to; one input may be left out.
std::vector<std::size_t> StateWidening::places(const Function& function, const ValueSets& sets,
                                               std::size_t without) const {
    std::vector<std::size_t> found{0};
    for (std::size_t k = 0; k < function.inputs.size(); ++k) {
        const std::size_t node = function.inputs[k];
        std::vector<std::size_t> longer;
        for (const std::size_t place : found) {
            if (k == without) longer.push_back(place * s_.sizes[node]);
            else
                all(sets, node, [&](std::size_t value) {
                    longer.push_back(place * s_.sizes[node] + value);
                    return true;
                });
        }
        found = std::move(longer);
    }
    budget_.step(found.size() + 4, 2);
    return found;
}

void StateWidening::look_forward() {
    lacks_.assign(s_.sizes.size(), 0);
    for (const Function& f : s_.functions) {
        if (f.options.empty()) {
            for (const std::size_t place : places(f, may_, SIZE_MAX)) {
                if (f.table[place] == ReadingStep::none) lacks_[f.output] = 1;
                else add(may_, f.output, f.table[place]);
            }
            continue;
        }
        all(may_, f.inputs[0], [&](std::size_t query) {
            if (lacks_[f.options[query]] != 0) lacks_[f.output] = 1;
            return all(may_, f.options[query], [&](std::size_t value) {
                add(may_, f.output, value);
                return true;
            });
        });
    }
}

void StateWidening::narrow(ValueSets& region, std::uint32_t symbol, const std::string& wanted, const ValueSets* then) {
    budget_.step(s_.bits(), 2);
    may_.assign(s_.bits() / 64 + 1, 0);
    std::copy(region.begin(), region.end(), may_.begin());
    add(may_, s_.symbol, symbol);
    look_forward();
    allowed_ = may_;
    bind_answer(wanted);
    const std::size_t start = s_.cells == 0 ? s_.bits() : s_.first[s_.after(0)];
    for (std::size_t bit = start; then != nullptr && bit < s_.bits(); ++bit)
        if (((*then)[(bit - start) / 64] >> ((bit - start) % 64) & 1U) == 0)
            allowed_[bit / 64] &= ~(std::uint64_t{1} << (bit % 64));
    for (std::size_t k = s_.functions.size(); k-- > 0;) {
        const Function& f = s_.functions[k];
        if (lacks_[f.output] == 0 && is_within(f.output, may_, f.output, allowed_)) continue;
        if (f.options.empty()) bind(f);
        else bind_choice(f);
    }
    for (std::size_t bit = 0; bit < s_.first[s_.cells]; ++bit)
        if ((allowed_[bit / 64] >> (bit % 64) & 1U) == 0) region[bit / 64] &= ~(std::uint64_t{1} << (bit % 64));
}

void StateWidening::bind_answer(const std::string& wanted) {
    const bool right = s_.texts[answer_] == wanted;
    if (s_.answer) {
        ValueSets fits(may_.size(), 0);
        for (std::size_t value = 0; value < s_.texts.size(); ++value)
            if ((s_.texts[value] == wanted) == right) add(fits, *s_.answer, value);
        return restrict(*s_.answer, fits);
    }
    std::vector<std::size_t> behind;  // classes that the one that is answered stays before
    for (std::size_t c = 0; c < s_.texts.size(); ++c)
        if (c != answer_ && (right || s_.texts[c] == wanted)) behind.push_back(c);
    bind_weights(behind);
}

/// The class that is answered stays before some others though each node has the worst value that it is allowed: first those
/// nodes are given all their values that lose least by it.
void StateWidening::bind_weights(const std::vector<std::size_t>& behind) {
    struct Open {
        long most = 0;
        const ReadingStep::Weights* weights = nullptr;
        std::vector<std::pair<long, std::size_t>> values;  ///< what each loses, and which it is
    };
    const auto ahead = [&](const ReadingStep::Weights& weights, std::size_t value, std::size_t c) {
        return weights.of_value[value][answer_] - weights.of_value[value][c];
    };
    const auto loss = [&](const ReadingStep::Weights& weights, std::size_t value, std::size_t c) {
        return ahead(weights, held_[weights.node], c) - ahead(weights, value, c);
    };
    std::vector<long> spare;
    for (const std::size_t c : behind) {
        spare.push_back(answer_ < c ? 0 : -1);
        for (const ReadingStep::Weights& weights : s_.weights) spare.back() += ahead(weights, held_[weights.node], c);
    }
    std::vector<Open> open;
    for (const ReadingStep::Weights& weights : s_.weights) {
        Open of{0, &weights, {}};
        all(allowed_, weights.node, [&](std::size_t value) {
            if (weights.of_value[value].empty() || value == held_[weights.node]) return true;
            long most = LONG_MIN;
            for (const std::size_t c : behind) most = std::max(most, loss(weights, value, c));
            of.values.emplace_back(most, value);
            of.most = std::max(of.most, most);
            return true;
        });
        std::sort(of.values.begin(), of.values.end());
        budget_.step(of.values.size() + 1, 10 * (behind.size() + 1));
        open.push_back(std::move(of));
    }
    std::stable_sort(open.begin(), open.end(), [](const Open& a, const Open& b) { return a.most < b.most; });
    for (const Open& of : open) {
        ValueSets fits(may_.size(), 0);
        add(fits, of.weights->node, held_[of.weights->node]);
        std::vector<long> lost(behind.size(), 0);
        for (const auto& entry : of.values) {
            std::vector<long> with = lost;
            bool can = true;
            for (std::size_t k = 0; k < behind.size(); ++k) {
                with[k] = std::max(with[k], loss(*of.weights, entry.second, behind[k]));
                can = can && with[k] <= spare[k];
            }
            if (!can) continue;
            lost = std::move(with);
            add(fits, of.weights->node, entry.second);
        }
        for (std::size_t k = 0; k < behind.size(); ++k) spare[k] -= lost[k];
        restrict(of.weights->node, fits);
    }
}

void StateWidening::bind(const Function& function) {
    ValueSets grown(may_.size(), 0);
    for (const std::size_t input : function.inputs) add(grown, input, held_[input]);
    for (std::size_t k = 0; k < function.inputs.size(); ++k) {
        const std::size_t input = function.inputs[k];
        std::size_t stride = 1;
        for (std::size_t m = k + 1; m < function.inputs.size(); ++m) stride *= s_.sizes[function.inputs[m]];
        const std::vector<std::size_t> others = places(function, grown, k);
        all(allowed_, input, [&](std::size_t value) {
            budget_.step(others.size());
            const bool fits = std::all_of(others.begin(), others.end(), [&](std::size_t place) {
                const std::uint32_t found = function.table[place + value * stride];
                return found != ReadingStep::none && has(allowed_, function.output, found);
            });
            if (fits) add(grown, input, value);
            return true;
        });
    }
    for (const std::size_t input : function.inputs) restrict(input, grown);
}

/// The option that is chosen is allowed what the choice is; others may be chosen that are never anything else.
void StateWidening::bind_choice(const Function& function) {
    const std::size_t query = function.inputs[0], chosen = function.options[held_[query]];
    const auto fits = [&](std::size_t option) {
        return lacks_[option] == 0 && is_within(option, allowed_, function.output, allowed_);
    };
    for (std::size_t value = 0; value < s_.sizes[chosen]; ++value) {
        const std::size_t bit = s_.first[chosen] + value;
        if (!has(allowed_, function.output, value)) allowed_[bit / 64] &= ~(std::uint64_t{1} << (bit % 64));
    }
    ValueSets queries(may_.size(), 0);
    all(allowed_, query, [&](std::size_t value) {
        if (function.options[value] == chosen || fits(function.options[value])) add(queries, query, value);
        return true;
    });
    restrict(query, queries);
}

}  // namespace attest::checker

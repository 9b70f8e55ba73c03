#include "step_search.hpp"

#include <algorithm>
#include <unordered_map>

namespace attest::induction {

using circuit::Literal;
using language::Symbol;

namespace {

/// The gates of a step in 64 worlds at once, each node known to be true, known to be false, or open.
class Worlds {
  public:
    explicit Worlds(const StepCircuit& step) : step_(step), true_(step.machine_nodes), false_(step.machine_nodes) {
        false_[0] = ~std::uint64_t{0};
    }

    void set(circuit::Node v, std::uint64_t is_true, std::uint64_t is_false) {
        true_[v] = is_true;
        false_[v] = is_false;
    }
    std::uint64_t is_true(Literal l) const { return l.complemented() ? false_[l.node()] : true_[l.node()]; }
    std::uint64_t is_false(Literal l) const { return is_true(!l); }

    void work_out() {
        const circuit::Circuit& c = step_.circuit();
        for (circuit::Node v = c.first_gate(); v < step_.machine_nodes; ++v) {
            const auto fan_ins = c.fan_ins(v);
            std::uint64_t yes = is_true(fan_ins[0]), no = is_false(fan_ins[0]);
            for (std::size_t k = 1; k < fan_ins.size(); ++k) {
                const std::uint64_t other = is_true(fan_ins[k]), not_other = is_false(fan_ins[k]);
                if (c.kind(v) == circuit::GateKind::exclusive_or) {
                    const std::uint64_t was = yes;
                    yes = (was & not_other) | (no & other);
                    no = (was & other) | (no & not_other);
                } else {
                    yes &= other;
                    no |= not_other;
                }
            }
            set(v, yes, no);
        }
    }

  private:
    const StepCircuit& step_;
    std::vector<std::uint64_t> true_, false_;
};

struct HashOfBits {
    std::size_t operator()(const std::vector<std::uint64_t>& bits) const {
        std::size_t hash = 0x9E3779B97F4A7C15ULL;
        for (const std::uint64_t w : bits) {
            hash = (hash ^ w) * 0xff51afd7ed558ccdULL;
            hash ^= hash >> 32;
        }
        return hash;
    }
};

/// Letters are worlds.
class StateSearch {
  public:
    using Bits = std::vector<std::uint64_t>;

    StateSearch(const StepCircuit& step, const base::Limits& limits)
        : step_(step), limits_(limits), dead_(dead_latches(step)), worlds_(step) {
        for (std::size_t i = 0; i < step.letter_inputs; ++i) {
            std::uint64_t lanes = 0;
            for (std::size_t a = 0; a < step.letters.size(); ++a)
                if (step.letter_inputs == 1 ? a == 1 : a == i) lanes |= std::uint64_t{1} << a;
            worlds_.set(step.circuit().input(i), lanes, ~lanes);
        }
    }

    StepSearch run(std::size_t most, std::uint64_t most_gates) {
        Bits first(words());
        for (std::size_t k = 0; k < step_.latches(); ++k)
            if (step_.initial[k]) first[k / 64] |= std::uint64_t{1} << k % 64;
        reach(std::move(first), none, 0);
        std::uint64_t work = 0;
        for (std::size_t s = 0; s < states_.size(); ++s) {
            work += step_.machine_nodes;
            if (states_.size() > most || work > most_gates || (s % 64 == 0 && limits_.exceeded())) return {};
            if (expand(static_cast<std::uint32_t>(s))) return std::move(result_);
        }
        result_.states = states_.size();
        result_.closed = true;
        return std::move(result_);
    }

  private:
    static constexpr std::uint32_t none = UINT32_MAX;
    struct Came {
        std::uint32_t from;
        Symbol letter;
    };

    std::size_t words() const { return step_.latches() / 64 + 1; }

    void reach(Bits bits, std::uint32_t from, Symbol letter) {
        const auto [at, is_new] = numbers_.try_emplace(std::move(bits), static_cast<std::uint32_t>(states_.size()));
        if (!is_new) return;
        states_.push_back(&at->first);
        came_.push_back({from, letter});
    }

    /// Whether some letter ends badly.
    bool expand(std::uint32_t s) {
        const Bits& bits = *states_[s];
        for (std::size_t k = 0; k < step_.latches(); ++k) {
            const std::uint64_t value = (bits[k / 64] >> k % 64 & 1U) != 0 ? ~std::uint64_t{0} : 0;
            worlds_.set(step_.latch(k).node(), value, ~value);
        }
        worlds_.work_out();
        for (Symbol a = 0; a < step_.letters.size(); ++a)
            if ((worlds_.is_true(step_.bad) >> a & 1U) != 0) {
                result_.difference = word_to(s, a);
                return true;
            }
        std::vector<Bits> next(step_.letters.size(), Bits(words()));
        std::uint64_t leaves = 0;
        for (std::size_t k = 0; k < step_.latches(); ++k) {
            std::uint64_t lanes = worlds_.is_true(step_.next[k]);
            if (dead_[k]) leaves |= lanes;
            for (Symbol a = 0; a < step_.letters.size(); ++a) next[a][k / 64] |= (lanes >> a & 1U) << k % 64;
        }
        for (Symbol a = 0; a < step_.letters.size(); ++a)
            if ((leaves >> a & 1U) == 0) reach(std::move(next[a]), s, a);
        return false;
    }

    language::Word word_to(std::uint32_t state, Symbol last) const {
        language::Word word{last};
        for (; came_[state].from != none; state = came_[state].from) word.push_back(came_[state].letter);
        std::reverse(word.begin(), word.end());
        return word;
    }

    const StepCircuit& step_;
    const base::Limits& limits_;
    std::vector<bool> dead_;
    Worlds worlds_;
    std::unordered_map<Bits, std::uint32_t, HashOfBits> numbers_;
    std::vector<const Bits*> states_;
    std::vector<Came> came_;
    StepSearch result_;
};

}  // namespace

std::vector<bool> dead_latches(const StepCircuit& step) {
    std::vector<bool> dead(step.latches());
    Worlds worlds(step);
    for (std::size_t first = 0; first < step.latches(); first += 64) {
        for (std::size_t k = 0; k < step.latches(); ++k) {
            const bool here = k >= first && k < first + 64;
            worlds.set(step.latch(k).node(), here ? std::uint64_t{1} << (k - first) : 0, 0);
        }
        worlds.work_out();
        for (std::size_t k = first; k < std::min(first + 64, step.latches()); ++k)
            dead[k] = (worlds.is_true(step.next[k]) & worlds.is_false(step.bad)) >> (k - first) & 1U;
    }
    return dead;
}

StepSearch search(const StepCircuit& step, std::size_t most, std::uint64_t most_gates, const base::Limits& limits) {
    return StateSearch(step, limits).run(most, most_gates);
}

}  // namespace attest::induction

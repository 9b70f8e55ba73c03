#include "columns.hpp"

#include <algorithm>

#include "cases.hpp"

// What stands at the nearest position before each with S is a register that is written where S holds: written 1, written 0, or kept. As a sum
// of two binary numbers, position 0 the lowest digit: a digit pair 1 + 1 makes a carry, 0 + 0 ends one, 1 + 0 hands it on; so the carry into a
// position is what the register holds there.

namespace attest::programs::brasp {

namespace {

using Places = std::vector<std::uint64_t>;

class PrefixAnswers {
  public:
    PrefixAnswers(const Program& program, std::span<const std::uint32_t> word, const base::Limits& limits)
        : program_(program), word_(word), limits_(limits), words_(word.size() / 64 + 1) {}

    std::vector<bool> run() {
        const std::vector<bool> needed = used(program_);
        find_ends(needed);
        held_.resize(program_.definitions.size());
        for (std::uint32_t d = 0; d < program_.definitions.size(); ++d) {
            if (!needed[d]) continue;
            if (d % 64 == 0 && limits_.exceeded()) return {};
            held_[d] = made(program_.definitions[d]);
            if (stopped_) return {};
            for (const std::uint32_t gone : ends_[d]) {
                spare_.push_back(std::move(held_[gone]));
                held_[gone].clear();
            }
        }
        std::vector<bool> result;
        for (std::size_t i = 0; i <= word_.size(); ++i)
            result.push_back((held_[program_.output][i / 64] >> i % 64 & 1U) != 0);
        return result;
    }

  private:
    /// What is used last in each definition.
    void find_ends(const std::vector<bool>& needed) {
        std::vector<std::uint32_t> end(program_.definitions.size());
        for (std::uint32_t d = 0; d < end.size(); ++d) {
            end[d] = d;
            if (!needed[d]) continue;
            const Definition& definition = program_.definitions[d];
            const auto look = [&](const Expression& e) {
                for (std::uint32_t n = e.first; n <= e.last; ++n)
                    if (program_.nodes[n].kind == Node::Kind::name) end[program_.nodes[n].left] = d;
            };
            if (definition.attends()) look(definition.score);
            if (definition.attends() || definition.kind == Definition::Kind::expression) look(definition.value);
        }
        ends_.resize(end.size());
        for (std::uint32_t d = 0; d < end.size(); ++d)
            if (needed[d] && d != program_.output) ends_[end[d]].push_back(d);
    }

    Places blank() {
        if (spare_.empty()) return Places(words_);
        Places bits = std::move(spare_.back());
        spare_.pop_back();
        bits.resize(words_);
        return bits;
    }
    Places all(bool value) {
        Places bits = blank();
        std::fill(bits.begin(), bits.end(), value ? ~std::uint64_t{0} : 0);
        return bits;
    }
    Places copy(const Places& from) {
        Places bits = blank();
        std::copy(from.begin(), from.end(), bits.begin());
        return bits;
    }

    Places made(const Definition& definition) {
        switch (definition.kind) {
            case Definition::Kind::bos: {
                Places bits = all(false);
                bits[0] = 1;
                return bits;
            }
            case Definition::Kind::symbol: {
                Places bits = all(false);
                for (std::size_t i = 0; i < word_.size(); ++i)
                    if (word_[i] == definition.symbol) bits[(i + 1) / 64] |= std::uint64_t{1} << (i + 1) % 64;
                return bits;
            }
            case Definition::Kind::expression: return value(definition.value, nullptr, 0);
            default: return attended(definition);
        }
    }

    Places attended(const Definition& definition) {
        const Cases cases(program_, definition);
        Places result = all(false);
        if (word_.empty()) return result;  // position 0 finds nothing
        for (std::size_t c = 0; c < cases.count() && !stopped_; ++c) {
            if (cases.count() > 1 && limits_.exceeded()) stopped_ = true;
            Places score = value(definition.score, &cases, c), brings = value(definition.value, &cases, c);
            if (definition.kind == Definition::Kind::leftmost) {
                Places seen = copy(score);
                Places ones = all(true);
                keep(seen, ones);
                for (std::size_t w = 0; w < words_; ++w) score[w] &= ~seen[w];
                spare_.push_back(std::move(seen));
                spare_.push_back(std::move(ones));
            }
            keep(score, brings);
            restrict_to(cases, c, score);
            for (std::size_t w = 0; w < words_; ++w) result[w] |= score[w];
            spare_.push_back(std::move(score));
            spare_.push_back(std::move(brings));
        }
        return result;
    }

    /// writes becomes what is kept before each position.
    void keep(Places& writes, const Places& value) const {
        std::uint64_t carry = 0;
        for (std::size_t w = 0; w < words_; ++w) {
            const std::uint64_t a = writes[w] & value[w], b = value[w] | ~writes[w];
            const std::uint64_t sum = a + b, total = sum + carry;
            carry = (sum < a ? 1U : 0U) | (total < sum ? 1U : 0U);
            writes[w] = total ^ a ^ b;
        }
    }

    void restrict_to(const Cases& cases, std::size_t number, Places& bits) const {
        for (const std::uint32_t d : cases.others()) {
            const std::uint64_t flip = cases.value(number, d) ? 0 : ~std::uint64_t{0};
            for (std::size_t w = 0; w < words_; ++w) bits[w] &= held_[d][w] ^ flip;
        }
        const std::size_t which = cases.symbol(number);
        if (cases.symbols().empty()) return;
        for (std::size_t i = 1; i <= word_.size(); ++i) {
            const std::uint32_t read = word_[i - 1];
            const bool is = which < cases.symbols().size() ? cases.symbols()[which] == read
                                                           : std::find(cases.symbols().begin(), cases.symbols().end(),
                                                                       read) == cases.symbols().end();
            if (!is) bits[i / 64] &= ~(std::uint64_t{1} << i % 64);
        }
    }

    /// cases  null: names mean the position itself
    Places value(const Expression& e, const Cases* cases, std::size_t number) {
        std::vector<Places> stack;
        for (std::uint32_t n = e.first; n <= e.last; ++n) {
            const Node& node = program_.nodes[n];
            if (node.kind == Node::Kind::constant) {
                stack.push_back(all(node.flag));
            } else if (node.kind == Node::Kind::name) {
                if (cases == nullptr || node.flag) stack.push_back(copy(held_[node.left]));
                else stack.push_back(all(cases->value(number, node.left)));
            } else if (node.kind == Node::Kind::negation) {
                for (std::uint64_t& w : stack.back()) w = ~w;
            } else {
                Places right = std::move(stack.back());
                stack.pop_back();
                Places& left = stack.back();
                for (std::size_t w = 0; w < words_; ++w)
                    left[w] = node.kind == Node::Kind::conjunction ? left[w] & right[w] : left[w] | right[w];
                spare_.push_back(std::move(right));
            }
        }
        return std::move(stack.back());
    }

    const Program& program_;
    std::span<const std::uint32_t> word_;
    const base::Limits& limits_;
    std::size_t words_;
    std::vector<Places> held_;  ///< by definition
    std::vector<std::vector<std::uint32_t>> ends_;
    std::vector<Places> spare_;
    bool stopped_ = false;
};

}  // namespace

std::vector<bool> answers(const Program& program, std::span<const std::uint32_t> word, const base::Limits& limits) {
    return PrefixAnswers(program, word, limits).run();
}

}  // namespace attest::programs::brasp

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A set of values of some nodes: a bit for each value of each node.
using ValueSets = std::vector<std::uint64_t>;

/// What reading one symbol does, as functions of few arguments. A node has one of finitely many values; a function gives a node
/// its value by those of nodes before it. Nodes begin with the cells before the symbol, and end with those after it.
struct ReadingStep {
    static constexpr std::uint32_t none = UINT32_MAX;  ///< in a table: no value

    struct Function {
        std::size_t output = 0;
        std::vector<std::size_t> inputs;
        std::vector<std::uint32_t> table;  ///< by the values of the inputs, the last of them running fastest
        /// A choice instead: by the value of the one input, the node whose value it is. Values are numbered alike.
        std::vector<std::size_t> options = {};
    };
    /// What the value of a node adds to the classes.
    struct Weights {
        std::size_t node = 0;
        std::vector<std::vector<long>> of_value;  ///< empty: it has none
    };

    std::size_t cells = 0;           ///< before, and as many after
    std::size_t symbol = 0;          ///< its node
    std::vector<std::size_t> sizes;  ///< values of each node
    std::vector<std::size_t> first;  ///< bit of each node's first value; made by `finish`
    std::vector<Function> functions;
    std::vector<std::string> texts;  ///< of answers: classes, or the values of `answer`
    std::optional<std::size_t> answer;
    std::vector<Weights> weights;  ///< where there are classes

    void finish();
    std::size_t bits() const { return first.back() + sizes.back(); }
    /// The node of the k-th cell after the symbol.
    std::size_t after(std::size_t k) const { return sizes.size() - cells + k; }
};

/// Reads symbols, and widens what is known of one state to many.
class StateWidening {
  public:
    using Cells = std::vector<std::uint32_t>;

    StateWidening(const ReadingStep& step, Budget& budget) : s_(step), budget_(budget) {}

    /// Sets the values of all nodes; gives the number of the answer's text. Throws Defect where a node has no value.
    std::size_t read(const Cells& before, std::uint32_t symbol);
    Cells after() const;

    /// Takes states out of `region`, which is of cells before the symbol, but not that which was read last, until for all
    /// that are left every node has a value, the answer is `wanted` just if it is for that one, and the cells after the
    /// symbol are in `then`, if there is that.
    void narrow(ValueSets& region, std::uint32_t symbol, const std::string& wanted, const ValueSets* then);

  private:
    bool has(const ValueSets& sets, std::size_t node, std::size_t value) const;
    void add(ValueSets& sets, std::size_t node, std::size_t value) const;
    template <typename Predicate>
    bool all(const ValueSets& sets, std::size_t node, const Predicate& predicate) const;
    void restrict(std::size_t node, const ValueSets& to);
    bool is_within(std::size_t node, const ValueSets& sets, std::size_t other, const ValueSets& others) const;

    void look_forward();
    void bind_answer(const std::string& wanted);
    void bind_weights(const std::vector<std::size_t>& behind);
    void bind(const ReadingStep::Function& function);
    void bind_choice(const ReadingStep::Function& function);
    std::vector<std::size_t> places(const ReadingStep::Function& function, const ValueSets& sets,
                                    std::size_t without) const;

    const ReadingStep& s_;
    Budget& budget_;
    std::vector<std::uint32_t> held_;
    std::size_t answer_ = 0;
    ValueSets may_, allowed_;
    std::vector<char> lacks_;  ///< [node]: it may have no value
};

}  // namespace attest::checker

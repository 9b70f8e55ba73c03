#include "circuit/simulate.hpp"

#include <algorithm>
#include <new>

#include "attest/base/error.hpp"
#include "circuit/gates.hpp"
#include "circuit/structure.hpp"
#include "plan.hpp"

namespace attest::circuit {

namespace {

constexpr std::uint32_t nowhere = UINT32_MAX;

/// Makes a plan in two sweeps: backwards for each node's last reader, forwards for steps and slots.
class Planner {
  public:
    Planner(const Circuit& circuit, std::span<const Literal> roots, Simulator::Plan& plan)
        : circuit_(circuit), plan_(plan), reads_(circuit.node_count(), 0), slot_(circuit.node_count(), nowhere) {
        plan.inputs = circuit.input_count();
        plan.roots = roots.size();
        count_reads(roots);
        for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
            if (reads_[v] != 0) plan_gate(v);
            while (next_ < stores_.size() && stores_[next_].node <= v) plan_store(stores_[next_++]);
        }
        while (next_ < stores_.size()) plan_store(stores_[next_++]);
        plan.slots = slots_;
    }

  private:
    struct Store {
        Node node;
        std::uint32_t root;
        bool complemented;
    };

    /// How often needed gates and roots read each node; 0: not needed.
    void count_reads(std::span<const Literal> roots) {
        for (std::uint32_t r = 0; r < roots.size(); ++r) {
            ++reads_[roots[r].node()];
            stores_.push_back({roots[r].node(), r, roots[r].complemented()});
        }
        std::ranges::stable_sort(stores_, {}, &Store::node);
        for (Node v = static_cast<Node>(circuit_.node_count()); v-- > circuit_.first_gate();) {
            if (reads_[v] == 0) continue;
            for (const Literal l : circuit_.fan_ins(v)) ++reads_[l.node()];
        }
    }

    void plan_gate(Node v) {
        const std::span<const Literal> fan_ins = circuit_.fan_ins(v);
        for (const Literal l : fan_ins) fetch(l.node());
        Step step = visit_gate(
            circuit_, v,
            [](Conjunction g) {
                return Step{.kind = g.of.size() == 2 ? Step::Kind::conjunction_of_two : Step::Kind::conjunction,
                            .number = static_cast<std::uint32_t>(g.of.size())};
            },
            [](ExclusiveOr g) {
                return Step{.kind = Step::Kind::exclusive_or,
                            .flip = g.of[0].complemented() != g.of[1].complemented(),
                            .number = 2};
            });
        for (const Literal l : fan_ins) {
            plan_.operands.push_back(Literal(slot_[l.node()], l.complemented()).code());
        }
        for (const Literal l : fan_ins) release(l.node());
        step.slot = slot_[v] = take();
        plan_.steps.push_back(step);
        ++plan_.gates;
    }

    void plan_store(const Store& store) {
        fetch(store.node);
        plan_.steps.push_back({Step::Kind::store, store.complemented, slot_[store.node], store.root});
        release(store.node);
    }

    /// Inputs and the constant get a slot when first read. The constant is read by roots only.
    void fetch(Node v) {
        if (slot_[v] != nowhere) return;
        slot_[v] = take();
        if (v == 0) {
            plan_.operands.insert(plan_.operands.end(), 2, Literal(slot_[v], false).code());
            plan_.steps.push_back({.kind = Step::Kind::exclusive_or, .slot = slot_[v]});
        } else {
            plan_.steps.push_back({.kind = Step::Kind::load, .slot = slot_[v], .number = v - 1});
        }
    }

    std::uint32_t take() {
        if (free_.empty()) return slots_++;
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        return slot;
    }

    void release(Node v) {
        if (--reads_[v] == 0) free_.push_back(slot_[v]);
    }

    const Circuit& circuit_;
    Simulator::Plan& plan_;
    std::vector<std::uint32_t> reads_;
    std::vector<std::uint32_t> slot_;
    std::vector<Store> stores_;        // by node
    std::size_t next_ = 0;             // store
    std::vector<std::uint32_t> free_;  // a stack: what was used last is in the nearest cache
    std::uint32_t slots_ = 0;
};

/// Blocks of four lanes are faster even out of the caches; this many slots take 256 MiB with them.
constexpr std::size_t most_wide_slots = std::size_t{1} << 20;

}  // namespace

std::uint64_t* Simulator::Plan::room(std::size_t block) {
    if (block_size != block) {
        const std::size_t bytes = std::max<std::size_t>(slots, 1) * block * sizeof(std::uint64_t);
        blocks.reset(static_cast<std::uint64_t*>(std::aligned_alloc(64, bytes)));
        if (!blocks) throw std::bad_alloc();
        std::fill_n(blocks.get(), bytes / sizeof(std::uint64_t), 0);
        block_size = block;
    }
    return blocks.get();
}

Simulator::Simulator(const Circuit& circuit, std::span<const Literal> roots) : plan_(std::make_unique<Plan>()) {
    Planner(circuit, roots, *plan_);
}
Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;
Simulator& Simulator::operator=(Simulator&&) noexcept = default;

void Simulator::run(std::span<const std::uint64_t> inputs, std::span<std::uint64_t> outputs, std::size_t words) {
    if (inputs.size() != plan_->inputs * words || outputs.size() != plan_->roots * words) {
        throw base::InternalError("circuit: simulation over arrays of the wrong size");
    }
    const bool wide = words > lane_words && plan_->slots <= most_wide_slots;
    const std::size_t block = wide ? block_words : lane_words;
    const Kernel kernel = wide ? kernels().four_lanes : kernels().one_lane;
    std::uint64_t* blocks = plan_->room(block);
    for (std::size_t first = 0; first < words; first += block) {
        kernel(*plan_, blocks, {inputs.data(), outputs.data(), words, first, std::min(block, words - first)});
    }
}

std::size_t Simulator::input_count() const { return plan_->inputs; }
std::size_t Simulator::root_count() const { return plan_->roots; }
std::size_t Simulator::gate_count() const { return plan_->gates; }
std::size_t Simulator::slot_count() const { return plan_->slots; }

}  // namespace attest::circuit

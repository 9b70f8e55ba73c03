#include "checker/question/regions.hpp"

#include <bit>
#include <deque>
#include <map>

// Regions of one length and of what the task asks stand in a list; for each value of each cell a bit says in which of them it
// is, so that those which have a state are found by as many ands as there are cells.

namespace attest::checker {
namespace {

using Cells = StateWidening::Cells;
using Seen = std::vector<std::uint32_t>;

struct KnownRegion {
    ValueSets states;
    std::uint64_t wrong = 0;
};

class RegionList {
  public:
    RegionList(const ReadingStep& step, std::size_t cells)
        : sizes_(step.sizes.begin(), step.sizes.begin() + static_cast<std::ptrdiff_t>(cells)) {
        for (const std::size_t size : sizes_) in_.emplace_back(size);
    }

    const KnownRegion* find(const Cells& cells, Budget& budget) const {
        for (std::size_t block = 0; 64 * block < regions_.size(); ++block) {
            std::uint64_t left = ~std::uint64_t{0};
            std::size_t k = 0;
            for (; k < cells.size() && left != 0; ++k) {
                if (sizes_[k] < 2) continue;
                const std::vector<std::uint64_t>& in = in_[k][cells[k]];
                left &= block < in.size() ? in[block] : 0;
            }
            budget.step(k + 1);
            if (left != 0) return &regions_[64 * block + static_cast<std::size_t>(std::countr_zero(left))];
        }
        return nullptr;
    }

    const KnownRegion* add(KnownRegion region) {
        const std::size_t number = regions_.size();
        std::size_t bit = 0;
        for (std::size_t k = 0; k < sizes_.size(); ++k)
            for (std::size_t value = 0; value < sizes_[k]; ++value, ++bit) {
                if ((region.states[bit / 64] >> (bit % 64) & 1U) == 0) continue;
                std::vector<std::uint64_t>& in = in_[k][value];
                in.resize(number / 64 + 1, 0);
                in.back() |= std::uint64_t{1} << (number % 64);
            }
        regions_.push_back(std::move(region));
        return &regions_.back();
    }

  private:
    std::vector<std::size_t> sizes_;
    std::vector<std::vector<std::vector<std::uint64_t>>> in_;  ///< [cell][value]: the regions, a bit each
    std::deque<KnownRegion> regions_;                          // stay where they are
};

class RegionSearch {
  public:
    RegionSearch(const std::vector<ReadingStep>& steps, std::size_t symbols, const TaskReader& task,
                 const std::vector<std::uint64_t>& going, Budget& budget)
        : steps_(steps), symbols_(symbols), task_(task), going_(going), budget_(budget), known_(steps.size()) {
        for (const ReadingStep& step : steps) widening_.emplace_back(step, budget);
    }

    PrefixCount count(const Cells& start) {
        const KnownRegion* all = solve(0, start, {});
        return {mpz_class(static_cast<unsigned long>(all->wrong)), regions_, true};
    }

  private:
    /// The region of a state before the i-th symbol.
    const KnownRegion* solve(std::size_t i, const Cells& cells, const Seen& seen) {
        const ReadingStep& step = steps_[i];
        RegionList& list = known_[i].try_emplace(seen, step, step.cells).first->second;
        if (const KnownRegion* known = list.find(cells, budget_)) return known;
        KnownRegion found{all_states(step), 0};
        StateWidening& widening = widening_[i];
        for (std::size_t a = 0; a < symbols_; ++a) {
            Seen later = seen;
            const std::string wanted = task_(later, i, a);
            const auto symbol = static_cast<std::uint32_t>(a);
            const KnownRegion* then = nullptr;
            if (step.texts[widening.read(cells, symbol)] != wanted) found.wrong += going_[i + 1];
            else if (i + 1 < steps_.size()) {
                then = solve(i + 1, widening.after(), later);
                found.wrong += then->wrong;
            }
            widening.narrow(found.states, symbol, wanted, then == nullptr ? nullptr : &then->states);
        }
        ++regions_;
        budget_.memory(3 * step.first[step.cells] / 8 + 128);
        return list.add(std::move(found));
    }

    static ValueSets all_states(const ReadingStep& step) {
        const std::size_t bits = step.first[step.cells];
        ValueSets states(bits / 64 + 1, 0);
        for (std::size_t bit = 0; bit < bits; ++bit) states[bit / 64] |= std::uint64_t{1} << (bit % 64);
        return states;
    }

    const std::vector<ReadingStep>& steps_;
    std::size_t symbols_;
    const TaskReader& task_;
    const std::vector<std::uint64_t>& going_;
    Budget& budget_;
    std::vector<StateWidening> widening_;            ///< by symbol of the word
    std::vector<std::map<Seen, RegionList>> known_;  ///< by symbol of the word, and what the task asks
    std::uint64_t regions_ = 0;
};

}  // namespace

PrefixCount count_by_regions(const std::vector<ReadingStep>& steps, const Cells& start, std::size_t symbols,
                             const TaskReader& task, const std::vector<std::uint64_t>& going, Budget& budget) {
    return RegionSearch(steps, symbols, task, going, budget).count(start);
}

}  // namespace attest::checker

#include "regions.hpp"

#include <fmt/format.h>

#include <bit>
#include <map>
#include <memory>

#include "attest/base/error.hpp"
#include "mistakes.hpp"

namespace attest::task {

namespace {

using network::PrefixRegions;
using network::ProgramPrefixes;
using Cells = PrefixRegions::Cells;
using Region = PrefixRegions::Region;

struct Known {
    Region region;
    std::uint64_t wrong = 0;  ///< words that go on from any of its states
};

/// Regions of states of one length that leave the task the same; each cell of each row knows which of them it is in.
class Shelf {
  public:
    Shelf(const PrefixRegions& regions, std::size_t length) {
        const Region& all = regions.everything(length);
        for (std::size_t row = 0; row < regions.rows(); ++row) {
            std::size_t reached = 0;
            all[row].each([&](std::size_t) { ++reached; });
            if (reached < 2) continue;
            rows_.push_back(row);
            in_.emplace_back(regions.cells(row));
        }
    }

    const Known* find(const Cells& cells) const {
        for (std::size_t word = 0; word * 64 < known_.size(); ++word) {
            std::uint64_t left = ~std::uint64_t{0};
            for (std::size_t k = 0; k < rows_.size() && left != 0; ++k) {
                const std::vector<std::uint64_t>& in = in_[k][cells[rows_[k]]];
                left &= word < in.size() ? in[word] : 0;
            }
            if (left != 0) return known_[64 * word + static_cast<std::size_t>(std::countr_zero(left))].get();
        }
        return nullptr;
    }

    const Known* add(Known known) {
        const std::size_t number = known_.size();
        for (std::size_t k = 0; k < rows_.size(); ++k)
            known.region[rows_[k]].each([&](std::size_t cell) {
                std::vector<std::uint64_t>& in = in_[k][cell];
                in.resize(number / 64 + 1, 0);
                in.back() |= std::uint64_t{1} << (number % 64);
            });
        known_.push_back(std::make_unique<Known>(std::move(known)));
        return known_.back().get();
    }

  private:
    std::vector<std::size_t> rows_;                            ///< that tell states apart
    std::vector<std::vector<std::vector<std::uint64_t>>> in_;  ///< [row][cell]: the regions, a bit each
    std::vector<std::unique_ptr<Known>> known_;
};

class ByRegions {
  public:
    ByRegions(const Question& question, const Options& options, const base::Limits& limits, ProgramPrefixes& program,
              PrefixRegions& regions, std::uint64_t words)
        : q_(question),
          options_(options),
          limits_(limits),
          program_(program),
          regions_(regions),
          n_(static_cast<std::size_t>(question.length)),
          symbols_(question.program.alphabet.size()),
          shelves_(n_) {
        outcome_.by = Method::prefixes;
        outcome_.words = words;
    }

    Outcome go() {
        const Open start{program_.start().value(), {}};
        const Known* all = solve(0, start);
        if (outcome_.why.reason != verdict::Reason::none) return std::move(outcome_);
        outcome_.wrong = all != nullptr ? all->wrong : 1;
        language::Word word;
        if (outcome_.wrong > 0) find_first(start, word);
        return std::move(outcome_);
    }

  private:
    struct Open {
        ProgramPrefixes::State state;
        language::Task::Seen seen;
    };
    struct Read {
        Open after;
        std::string wanted;
        bool is_right = false;
    };

    static constexpr std::uint64_t told_every = 256;

    Read read(std::size_t i, const Open& before, language::Symbol a) {
        Read read{{{}, before.seen}, {}};
        read.wanted = q_.task.read(read.after.seen, a);
        q_.task.forget(read.after.seen, n_ - i - 1);
        std::uint32_t answer = 0;
        if (!program_.read(before.state, i, a, read.after.state, answer))
            outcome_.why = {verdict::Reason::unsupported, "the program has no value on some word"};
        else read.is_right = program_.texts()[answer] == read.wanted;
        return read;
    }

    Shelf& shelf(std::size_t i, const language::Task::Seen& seen) {
        return shelves_[i].try_emplace(seen, regions_, i).first->second;
    }

    bool may_go_on() {
        if (outcome_.why.reason != verdict::Reason::none) return false;
        if (bytes_ > limits_.memory_bytes) {
            outcome_.why = {verdict::Reason::memory, fmt::format("after {} regions of states", outcome_.states)};
            return false;
        }
        if (outcome_.states % told_every != 0) return true;
        if (options_.progress) options_.progress(fmt::format("{} regions of states of prefixes", outcome_.states));
        if (const auto limit = limits_.exceeded())
            outcome_.why = {verdict::reason_of(*limit), fmt::format("after {} regions of states", outcome_.states)};
        return outcome_.why.reason == verdict::Reason::none;
    }

    /// The region of a state of i symbols. Nothing: a limit came first, or one mistake is enough and there is one.
    const Known* solve(std::size_t i, const Open& open) {
        Shelf& at = shelf(i, open.seen);
        if (const Known* known = at.find(regions_.cells_of(open.state))) return known;
        if (!may_go_on()) return nullptr;
        ++outcome_.states;
        Known found{regions_.everything(i), 0};
        for (language::Symbol a = 0; a < symbols_; ++a) {
            const Read step = read(i, open, a);
            if (outcome_.why.reason != verdict::Reason::none) return nullptr;
            const Region* after = nullptr;
            if (!step.is_right) {
                if (!options_.count) return nullptr;
                found.wrong += words_after(i + 1);
            } else if (i + 1 < n_) {
                const Known* next = solve(i + 1, step.after);
                if (next == nullptr) return nullptr;
                found.wrong += next->wrong;
                after = &next->region;
            }
            regions_.narrow(found.region, open.state, i, a, step.wanted, after);
        }
        for (const network::NumberSet& cells : found.region) bytes_ += 2 * cells.bytes();
        return at.add(std::move(found));
    }

    std::uint64_t words_after(std::size_t i) const {
        std::uint64_t words = 1;
        for (; i < n_; ++i) words *= symbols_;
        return words;
    }

    /// The first mistakes in the order of words; regions without any are passed over.
    void find_first(const Open& before, language::Word& word) {
        if (word.size() == n_) return;
        const Known* known = shelf(word.size(), before.seen).find(regions_.cells_of(before.state));
        if (known != nullptr && known->wrong == 0) return;
        for (language::Symbol a = 0; a < symbols_ && !has_enough(outcome_, options_, limits_); ++a) {
            const Read step = read(word.size(), before, a);
            word.push_back(a);
            if (step.is_right) find_first(step.after, word);
            else tell_mistakes(q_, word, options_, limits_, outcome_);
            word.pop_back();
        }
    }

    const Question& q_;
    const Options& options_;
    const base::Limits& limits_;
    ProgramPrefixes& program_;
    PrefixRegions& regions_;
    std::size_t n_, symbols_;
    std::vector<std::map<language::Task::Seen, Shelf>> shelves_;  ///< by length
    std::size_t bytes_ = 0;                                       ///< that regions take, about
    Outcome outcome_;
};

}  // namespace

Outcome hold_by_regions(const Question& question, const Options& options, const base::Limits& limits,
                        network::ProgramPrefixes& program, network::PrefixRegions& regions, std::uint64_t words) {
    return ByRegions(question, options, limits, program, regions, words).go();
}

}  // namespace attest::task

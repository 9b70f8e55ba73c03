#include <algorithm>

#include "base/parallel.hpp"
#include "language/classify/census.hpp"

// Tables come one after another and are looked at in batches, so that threads share the work and memory stays small.

namespace attest::classify {

namespace {

constexpr std::size_t batch_size = 256;

/// What one table adds.
struct Looked {
    std::uint64_t languages = 0;
    Classification found;
};

class CensusTaker {
  public:
    CensusTaker(std::size_t states, std::size_t letters, const base::Limits& limits, unsigned threads,
                const std::function<void(const Census&)>& progress, base::Share share)
        : limits_(limits), threads_(threads), progress_(progress), share_(share) {
        census_.states = states;
        census_.letters = letters;
    }

    Census take() {
        for_each_table(census_.states, census_.letters, [&](const Table& table) {
            batch_.push_back(table);
            return batch_.size() < batch_size || look_at_batch();
        });
        if (!census_.stopped) (void)look_at_batch();
        return std::move(census_);
    }

  private:
    /// Whether there may be more.
    bool look_at_batch() {
        if (!share_.has(batches_++)) {
            batch_.clear();
            return !(census_.stopped = limits_.exceeded());
        }
        std::vector<Looked> looked(batch_.size());
        base::in_chunks(threads_, batch_.size(), 16, [&](const base::Chunks& next) {
            while (const auto chunk = next())
                for (std::size_t k = chunk->first; k < chunk->last && !limits_.exceeded(); ++k)
                    if ((looked[k].languages = minimal_acceptance(batch_[k]).size()) > 0)
                        looked[k].found = classify(batch_[k]);
        });
        if ((census_.stopped = limits_.exceeded())) return false;
        for (const Looked& one : looked) add(one);
        batch_.clear();
        if (progress_) progress_(census_);
        return true;
    }

    void add(const Looked& one) {
        ++census_.tables;
        if (one.languages == 0) return;
        census_.languages += one.languages;
        census_.by_classes[one.found.in] += one.languages;
        if (one.found.modulus) census_.by_modulus[*one.found.modulus] += one.languages;
        census_.greatest_monoid = std::max(census_.greatest_monoid, one.found.monoid);
    }

    const base::Limits& limits_;
    unsigned threads_;
    const std::function<void(const Census&)>& progress_;
    const base::Share share_;
    std::vector<Table> batch_;
    std::size_t batches_ = 0;
    Census census_;
};

}  // namespace

std::uint64_t Census::in(Class c) const {
    std::uint64_t count = 0;
    for (const auto& [classes, number] : by_classes)
        if (classes[c]) count += number;
    return count;
}

Census take_census(std::size_t states, std::size_t letters, const base::Limits& limits, unsigned threads,
                   const std::function<void(const Census&)>& progress, base::Share share) {
    return CensusTaker(states, letters, limits, threads, progress, share).take();
}

void add(Census& census, const Census& other) {
    census.tables += other.tables;
    census.languages += other.languages;
    for (const auto& [classes, number] : other.by_classes) census.by_classes[classes] += number;
    for (const auto& [modulus, number] : other.by_modulus) census.by_modulus[modulus] += number;
    census.greatest_monoid = std::max(census.greatest_monoid, other.greatest_monoid);
    if (!census.stopped) census.stopped = other.stopped;
}

}  // namespace attest::classify

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "attest/certify/recognition.hpp"

namespace attest::certify {

namespace {

class Range {
  public:
    Range(const certificate::Subject& subject, const std::vector<std::int64_t>& lengths, const RangeOptions& options, const base::Limits& limits, Archive& archive)
        : subject_(subject), lengths_(lengths), options_(options), limits_(limits), archive_(archive), results_(lengths.size()) {}

    std::vector<Recognition> run() {
        std::vector<std::thread> workers;
        for (unsigned k = 1; k < std::min<std::size_t>(options_.threads, lengths_.size()); ++k) workers.emplace_back([this] { work(); });
        work();
        for (std::thread& worker : workers) worker.join();
        if (failure_) std::rethrow_exception(failure_);
        std::vector<Recognition> all;
        for (auto& result : results_) all.push_back(std::move(*result));
        return all;
    }

  private:
    void work() {
        for (std::size_t k; (k = next_++) < lengths_.size();) {
            try {
                results_[k] = one(lengths_[k]);
                ++done_;
            } catch (...) {
                const std::lock_guard lock(mutex_);
                if (!failure_) failure_ = std::current_exception();
                next_ = lengths_.size();
            }
        }
    }

    Recognition one(std::int64_t length) {
        query::ProveOptions prove = options_.prove;
        prove.progress = [&](const std::string& what) {
            if (!options_.progress) return;
            const std::lock_guard lock(mutex_);
            options_.progress(done_, length, what);
        };
        return recognise(subject_, length, prove, limits_, archive_, lengths_.size() == 1 ? "" : part_of_length(length));
    }

    const certificate::Subject& subject_;
    const std::vector<std::int64_t>& lengths_;
    const RangeOptions& options_;
    const base::Limits& limits_;
    Archive& archive_;
    std::vector<std::optional<Recognition>> results_;
    std::atomic<std::size_t> next_{0}, done_{0};
    std::mutex mutex_;
    std::exception_ptr failure_;
};

}  // namespace

std::vector<Recognition> recognise(const certificate::Subject& subject, const std::vector<std::int64_t>& lengths, const RangeOptions& options,
                                   const base::Limits& limits, Archive& archive) {
    return Range(subject, lengths, options, limits, archive).run();
}

}  // namespace attest::certify

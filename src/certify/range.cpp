#include <atomic>
#include <mutex>
#include <optional>

#include "attest/certify/recognition.hpp"
#include "base/parallel.hpp"

namespace attest::certify {

std::vector<Recognition> recognise(const certify::Subject& subject, const std::vector<std::int64_t>& lengths,
                                   const RangeOptions& options, const base::Limits& limits, Archive& archive) {
    std::vector<std::optional<Recognition>> results(lengths.size());
    std::atomic<std::size_t> done{0};
    std::mutex mutex;
    base::in_parallel(options.threads, lengths.size(), [&](std::size_t k) {
        decide::ProveOptions prove = options.prove;
        prove.progress = [&](const std::string& what) {
            if (!options.progress) return;
            const std::lock_guard lock(mutex);
            options.progress(done, lengths[k], what);
        };
        const std::string part = lengths.size() == 1 ? "" : part_of_length(lengths[k]);
        results[k] = options.machines ? recognise_by_machine(subject, lengths[k], prove, limits, archive, part)
                                      : recognise(subject, lengths[k], prove, limits, archive, part);
        ++done;
        const std::lock_guard lock(mutex);
        if (options.finished) options.finished(k, *results[k]);
    });
    std::vector<Recognition> all;
    for (auto& result : results) all.push_back(std::move(*result));
    return all;
}

}  // namespace attest::certify

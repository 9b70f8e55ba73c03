#include "components.hpp"

#include <algorithm>
#include <numeric>

namespace attest::classify {

namespace {

constexpr std::uint32_t not_seen = UINT32_MAX;

/// Tarjan's algorithm with a stack of its own, since graphs are deep.
class Tarjan {
  public:
    Tarjan(std::span<const std::uint32_t> edges, std::size_t letters)
        : edges_(edges), letters_(letters), index_(letters == 0 ? 0 : edges.size() / letters, not_seen), low_(index_) {
        result_.of.assign(index_.size(), not_seen);
    }

    Components run() {
        for (std::uint32_t v = 0; v < index_.size(); ++v)
            if (index_[v] == not_seen) visit(v);
        return std::move(result_);
    }

  private:
    struct Frame {
        std::uint32_t vertex;
        std::size_t letter;
    };

    void open(std::uint32_t v) {
        index_[v] = low_[v] = next_++;
        stack_.push_back(v);
        frames_.push_back({v, 0});
    }

    void visit(std::uint32_t root) {
        open(root);
        while (!frames_.empty()) {
            const std::uint32_t v = frames_.back().vertex;
            if (frames_.back().letter == letters_) {
                close(v);
                continue;
            }
            const std::uint32_t w = edges_[v * letters_ + frames_.back().letter++];
            if (index_[w] == not_seen) open(w);
            else if (result_.of[w] == not_seen) low_[v] = std::min(low_[v], index_[w]);
        }
    }

    void close(std::uint32_t v) {
        frames_.pop_back();
        if (!frames_.empty()) low_[frames_.back().vertex] = std::min(low_[frames_.back().vertex], low_[v]);
        if (low_[v] != index_[v]) return;
        for (std::uint32_t w = not_seen; w != v; stack_.pop_back()) {
            w = stack_.back();
            result_.of[w] = static_cast<std::uint32_t>(result_.count);
        }
        ++result_.count;
    }

    std::span<const std::uint32_t> edges_;
    std::size_t letters_;
    std::vector<std::uint32_t> index_, low_, stack_;
    std::vector<Frame> frames_;
    std::uint32_t next_ = 0;
    Components result_;
};

}  // namespace

Components components(std::span<const std::uint32_t> edges, std::size_t letters) {
    return Tarjan(edges, letters).run();
}

Periods periods(std::span<const std::uint32_t> edges, std::size_t letters, const Components& components) {
    const std::size_t size = components.of.size();
    Periods result{std::vector<std::uint32_t>(components.count, 0), std::vector<std::uint32_t>(size, not_seen)};
    std::vector<std::uint32_t> queue;
    for (std::uint32_t root = 0; root < size; ++root) {
        if (result.potential[root] != not_seen) continue;
        result.potential[root] = 0;
        queue.assign(1, root);
        std::uint32_t& period = result.period[components.of[root]];
        for (std::size_t k = 0; k < queue.size(); ++k)
            for (std::size_t a = 0; a < letters; ++a) {
                const std::uint32_t v = queue[k], w = edges[v * letters + a];
                if (components.of[w] != components.of[root]) continue;
                const std::uint32_t length = result.potential[v] + 1;
                if (result.potential[w] == not_seen) {
                    result.potential[w] = length;
                    queue.push_back(w);
                } else {
                    const std::uint32_t other = result.potential[w];
                    period = std::gcd(period, length > other ? length - other : other - length);
                }
            }
        if (period > 0)
            for (const std::uint32_t v : queue) result.potential[v] %= period;
    }
    return result;
}

}  // namespace attest::classify

#include "least_certificate.hpp"

#include <algorithm>
#include <limits>

namespace attest::measure {

namespace {

constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

bool value_on(const Diagram& d, const std::vector<bool>& input) {
    Diagram::Index at = d.root;
    while (at > 1) at = input[d.nodes[at].level] ? d.nodes[at].high : d.nodes[at].low;
    return at == 1;
}

unsigned size_of(const std::vector<bool>& set) {
    return static_cast<unsigned>(std::count(set.begin(), set.end(), true));
}

}  // namespace

LeastCertificate::LeastCertificate(const Diagram& d, const std::vector<bool>& input, std::uint64_t& steps)
    : d_(d),
      input_(input),
      steps_(steps),
      value_(value_on(d, input)),
      best_(d.variables(), true),
      upper_(d.variables()) {
    learn(std::vector<bool>(d.variables(), false));
    packed_ = blocks_;
    lower_ = static_cast<unsigned>(packed_.size());
}

/// The smallest block among levels that are not fixed, on a cheapest path to the other value.
bool LeastCertificate::least_block(const std::vector<bool>& fixed, Levels& block) {
    steps_ -= std::min<std::uint64_t>(steps_, d_.nodes.size());
    cost_.assign(d_.nodes.size(), never);
    cost_[value_ ? 0 : 1] = 0;
    for (std::size_t v = 2; v < d_.nodes.size(); ++v) {
        const Diagram::Node& node = d_.nodes[v];
        const Diagram::Index same = input_[node.level] ? node.high : node.low,
                             other = input_[node.level] ? node.low : node.high;
        cost_[v] = cost_[same];
        if (!fixed[node.level] && cost_[other] != never) cost_[v] = std::min(cost_[v], cost_[other] + 1);
    }
    if (cost_[d_.root] == never) return false;
    block.clear();
    for (Diagram::Index at = d_.root; at > 1;) {
        const Diagram::Node& node = d_.nodes[at];
        const Diagram::Index same = input_[node.level] ? node.high : node.low,
                             other = input_[node.level] ? node.low : node.high;
        const bool flip = cost_[same] != cost_[at];
        if (flip) block.push_back(node.level);
        at = flip ? other : same;
    }
    return true;
}

void LeastCertificate::learn(std::vector<bool> fixed) {
    Levels block;
    while (steps_ > 0 && least_block(fixed, block)) {
        for (const std::uint32_t level : block) fixed[level] = true;
        blocks_.push_back(block);
    }
    if (steps_ > 0) keep(std::move(fixed));
}

/// Without what it can do without.
void LeastCertificate::keep(std::vector<bool> certificate) {
    Levels block;
    for (std::size_t level = 0; level < certificate.size() && steps_ > 0; ++level) {
        if (!certificate[level]) continue;
        certificate[level] = false;
        certificate[level] = least_block(certificate, block);
    }
    const unsigned size = size_of(certificate);
    if (size >= upper_) return;
    upper_ = size;
    best_ = std::move(certificate);
}

void LeastCertificate::improve(unsigned enough) {
    while (lower_ < upper_ && upper_ > enough && steps_ > 0) {
        std::vector<bool> set;
        if (!least_meeting_set(set)) return;
        lower_ = std::max(lower_, size_of(set));
        if (lower_ < upper_) learn(std::move(set));
    }
}

/// A least set that meets all known blocks. False out of steps.
bool LeastCertificate::least_meeting_set(std::vector<bool>& set) {
    std::vector<std::uint32_t> times(blocks_.size(), 0);
    std::vector<bool> chosen(d_.variables(), false), barred(d_.variables(), false);
    unsigned size = upper_;
    set = best_;
    meet(times, chosen, barred, 0, set, size);
    return steps_ > 0;
}

/// Branches on the block with the fewest levels to choose from; as many blocks as are disjoint must still be met one by
/// one.
void LeastCertificate::meet(std::vector<std::uint32_t>& times, std::vector<bool>& chosen, std::vector<bool>& barred,
                            unsigned size, std::vector<bool>& best, unsigned& best_size) {
    const Levels* narrow = nullptr;
    std::size_t fewest = never;
    unsigned disjoint = 0;
    std::vector<bool> used(d_.variables(), false);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
        if (times[b] > 0) continue;
        steps_ -= std::min<std::uint64_t>(steps_, blocks_[b].size());
        std::size_t open = 0;
        bool apart = true;
        for (const std::uint32_t level : blocks_[b]) {
            open += barred[level] ? 0 : 1;
            apart = apart && !used[level];
        }
        if (open < fewest) {
            fewest = open;
            narrow = &blocks_[b];
        }
        if (!apart) continue;
        ++disjoint;
        for (const std::uint32_t level : blocks_[b]) used[level] = true;
    }
    if (size + disjoint >= best_size || steps_ == 0) return;
    if (narrow == nullptr) {
        best = chosen;
        best_size = size;
        return;
    }
    Levels tried;
    for (const std::uint32_t level : *narrow) {
        if (barred[level]) continue;
        chosen[level] = true;
        for (std::size_t b = 0; b < blocks_.size(); ++b)
            if (std::find(blocks_[b].begin(), blocks_[b].end(), level) != blocks_[b].end()) ++times[b];
        meet(times, chosen, barred, size + 1, best, best_size);
        for (std::size_t b = 0; b < blocks_.size(); ++b)
            if (std::find(blocks_[b].begin(), blocks_[b].end(), level) != blocks_[b].end()) --times[b];
        chosen[level] = false;
        barred[level] = true;
        tried.push_back(level);
    }
    for (const std::uint32_t level : tried) barred[level] = false;
}

}  // namespace attest::measure

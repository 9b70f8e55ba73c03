// Structural hashing and the simplifications of the certificate format, section 4. The order of what happens
// here fixes gate numbers, and a checker that was written from that text makes the same circuit: change
// neither without the other.
//
// The table has 2^k slots of 32 bits, k such that every node number is below 2^(k−1): so it is at most half
// full, and the 33−k bits that a number leaves unused hold a tag from the gate's hash, which keeps nearly all
// comparisons off the circuit. Sixteen slots are a bucket of one cache line, filled from the left and
// searched without a branch: whether a tag is there is nearly always foretold rightly, so the processor runs
// on into the next gate while it waits for the line, which is what costs. Tried before and slower: slot by
// slot (linear probing), where that guess fails every third time and then costs the whole wait; slots of 64
// bits with all of the hash (twice the memory).

#include "attest/circuit/builder.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace attest::circuit {

namespace {

constexpr unsigned first_bits = 10;

std::uint64_t mix(std::uint64_t state, std::uint64_t value) {
    state = (state ^ value) * 0x9E3779B97F4A7C15U;
    return state ^ state >> 29;
}

std::uint32_t hash_of(GateKind kind, std::span<const Literal> fan_ins) {
    std::uint64_t state = static_cast<std::uint64_t>(kind) << 60 ^ fan_ins.size();
    for (const Literal l : fan_ins) state = mix(state, l.code());
    return static_cast<std::uint32_t>(state * 0xD6E8FEB86659FD93U >> 32);
}

}  // namespace

Builder::Builder(std::size_t most_bytes)
    : buckets_((std::size_t{1} << first_bits) / Bucket::size), bits_(first_bits), most_bytes_(most_bytes) {}

Literal Builder::add_input(std::string name) { return {circuit_.add_input(std::move(name)), false}; }

void Builder::set_origin(const Origin& origin) {
    if (origin == origin_) return;
    origin_ = origin;
    origin_recorded_ = false;
}

Literal Builder::conjunction(std::span<const Literal> literals) {
    if (literals.size() == 2) return conjunction_of_two(literals[0], literals[1]);
    return conjunction_of_any(literals, false);
}

Literal Builder::disjunction(std::span<const Literal> literals) {
    if (literals.size() == 2) return !conjunction_of_two(!literals[0], !literals[1]);
    return !conjunction_of_any(literals, true);
}

Literal Builder::conjunction_of_any(std::span<const Literal> literals, bool complements) {
    scratch_.clear();
    for (const Literal given : literals) {
        const Literal l = given ^ complements;
        if (l == bottom) return bottom;
        if (l != top) scratch_.push_back(l);
    }
    if (!std::is_sorted(scratch_.begin(), scratch_.end())) std::sort(scratch_.begin(), scratch_.end());
    scratch_.erase(std::unique(scratch_.begin(), scratch_.end()), scratch_.end());
    for (std::size_t i = 1; i < scratch_.size(); ++i) {
        if (scratch_[i] == !scratch_[i - 1]) return bottom;
    }
    if (scratch_.empty()) return top;
    if (scratch_.size() == 1) return scratch_.front();
    return find_or_add(GateKind::conjunction, scratch_);
}

Literal Builder::conjunction_of_two(Literal a, Literal b) {
    if (b < a) std::swap(a, b);
    if (a == bottom) return bottom;
    if (a == top || a == b) return b;
    if (a == !b) return bottom;
    const std::array<Literal, 2> pair{a, b};
    return find_or_add(GateKind::conjunction, pair);
}

Literal Builder::exclusive_or(Literal a, Literal b) {
    if (a.node() == 0) return b ^ a.complemented();
    if (b.node() == 0) return a ^ b.complemented();
    const bool flip = a.complemented() != b.complemented();
    if (a.node() == b.node()) return bottom ^ flip;
    const auto [low, high] = std::minmax({a.node(), b.node()});
    const std::array<Literal, 2> pair{Literal(low, false), Literal(high, false)};
    return find_or_add(GateKind::exclusive_or, pair) ^ flip;
}

bool Builder::same(Node gate, GateKind kind, std::span<const Literal> fan_ins) const {
    return std::ranges::equal(circuit_.fan_ins(gate), fan_ins) && circuit_.kind(gate) == kind;
}

/// All slots at once. `match` may be true in vain: for a tag that is 0, which free slots seem to have.
Builder::Look Builder::look(const Bucket& bucket, std::uint32_t wanted) const {
    using Four = std::uint32_t __attribute__((vector_size(16)));
    static_assert(sizeof(Bucket) == 4 * sizeof(Four));
    std::array<Four, 4> slots;
    std::memcpy(slots.data(), bucket.slots.data(), sizeof slots);
    const std::uint32_t numbers = most_number();
    const auto matches = ((slots[0] & ~numbers) == wanted) | ((slots[1] & ~numbers) == wanted) |
                         ((slots[2] & ~numbers) == wanted) | ((slots[3] & ~numbers) == wanted);
    const auto free = (slots[0] == 0) + (slots[1] == 0) + (slots[2] == 0) + (slots[3] == 0);  // −1 each
    const std::int32_t count = free[0] + free[1] + free[2] + free[3];
    const bool match = (matches[0] | matches[1] | matches[2] | matches[3]) != 0;
    return {match, static_cast<std::uint32_t>(static_cast<std::int32_t>(Bucket::size) + count)};
}

Node Builder::find(const Bucket& bucket, std::uint32_t wanted, GateKind kind, std::span<const Literal> fan_ins) const {
    const std::uint32_t numbers = most_number();
    for (const std::uint32_t slot : bucket.slots) {
        if (slot == 0 || (slot & ~numbers) != wanted) continue;
        if (same(slot & numbers, kind, fan_ins)) return slot & numbers;
    }
    return 0;
}

Literal Builder::find_or_add(GateKind kind, std::span<const Literal> fan_ins) {
    if (exhausted_) return bottom;
    const std::uint32_t hash = hash_of(kind, fan_ins);
    const std::uint32_t wanted = tag(hash);
    for (std::size_t b = first_bucket(hash);; b = (b + 1) & (buckets_.size() - 1)) {
        const Look seen = look(buckets_[b], wanted);
        if (seen.match) {
            if (const Node v = find(buckets_[b], wanted, kind, fan_ins); v != 0) return {v, false};
        }
        if (seen.used < Bucket::size) return add(kind, fan_ins, hash, buckets_[b].slots[seen.used]);
    }
}

Literal Builder::add(GateKind kind, std::span<const Literal> fan_ins, std::uint32_t hash, std::uint32_t& slot) {
    exhausted_ = !may_add(fan_ins.size());
    if (exhausted_) return bottom;
    if (!origin_recorded_) {
        origin_index_ = origin_ == Origin{} ? 0 : circuit_.add_origin(origin_);
        origin_recorded_ = true;
    }
    const Node node = circuit_.add_gate(kind, fan_ins, origin_index_);
    if (node > most_number()) {
        exhausted_ = !grow();
    } else {
        slot = tag(hash) | node;
    }
    return exhausted_ ? bottom : Literal(node, false);
}

bool Builder::may_add(std::size_t fan_ins) const {
    return circuit_.has_room(fan_ins) ||
           (circuit_.countable(fan_ins) && bytes(buckets_.size()) + circuit_.growth_bytes(fan_ins) <= most_bytes_);
}

std::size_t Builder::bytes(std::size_t buckets) const { return circuit_.memory_bytes() + buckets * sizeof(Bucket); }

/// A table for all gates so far, made from the circuit.
bool Builder::grow() {
    while (circuit_.node_count() > most_number()) ++bits_;
    const std::size_t size = (std::size_t{1} << bits_) / Bucket::size;
    if (bytes(size) > most_bytes_) return false;
    buckets_ = {};  // before the new table asks for memory
    buckets_.resize(size);
    // Hash some gates ahead, so that the slots are on their way when they are needed.
    constexpr std::size_t ahead = 16;
    std::array<std::uint32_t, ahead> hashes{};
    const std::size_t first = circuit_.first_gate();
    for (std::size_t v = first; v < circuit_.node_count() + ahead; ++v) {
        if (v >= first + ahead) insert(static_cast<Node>(v - ahead), hashes[v % ahead]);
        if (v >= circuit_.node_count()) continue;
        const Node gate = static_cast<Node>(v);
        hashes[v % ahead] = hash_of(circuit_.kind(gate), circuit_.fan_ins(gate));
        __builtin_prefetch(&buckets_[first_bucket(hashes[v % ahead])], 1);
    }
    return true;
}

void Builder::insert(Node node, std::uint32_t hash) {
    for (std::size_t b = first_bucket(hash);; b = (b + 1) & (buckets_.size() - 1)) {
        const std::uint32_t used = look(buckets_[b], 0).used;
        if (used == Bucket::size) continue;
        buckets_[b].slots[used] = tag(hash) | node;
        return;
    }
}

}  // namespace attest::circuit

// All functions of a few bits by two layers of one head with two activations, and the classes that they fall into.

#include "decide/threshold/one_bit_census.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "decide/threshold/witness.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::threshold;

namespace {

/// A change of functions: the input that is read in place of each, which inputs are complemented, whether the value is.
struct Change {
    std::vector<unsigned> order;
    std::uint32_t flips = 0;
    bool complement = false;

    std::uint32_t word(std::uint32_t x) const {
        std::uint32_t y = 0;
        for (unsigned i = 0; i < order.size(); ++i) y |= ((x >> order[i] ^ flips >> i) & 1U) << i;
        return y;
    }
    std::uint32_t image(std::uint32_t table) const {
        std::uint32_t image = 0;
        for (std::uint32_t x = 0; x < 1U << order.size(); ++x)
            image |= ((table >> word(x) & 1U) ^ (complement ? 1U : 0U)) << x;
        return image;
    }
};

std::vector<Change> all_changes(unsigned inputs) {
    std::vector<Change> all;
    std::vector<unsigned> order(inputs);
    std::iota(order.begin(), order.end(), 0U);
    do
        for (std::uint32_t flips = 0; flips < 1U << inputs; ++flips)
            for (const bool complement : {false, true}) all.push_back({order, flips, complement});
    while (std::next_permutation(order.begin(), order.end()));
    return all;
}

/// By going through all functions and all changes of each.
std::map<std::uint32_t, std::uint32_t> classes_one_by_one(unsigned inputs) {
    const std::vector<Change> changes = all_changes(inputs);
    const std::uint64_t tables = std::uint64_t{1} << (1U << inputs);
    std::vector<bool> met(tables);
    std::map<std::uint32_t, std::uint32_t> sizes;
    for (std::uint32_t table = 0; table < tables; ++table) {
        if (met[table]) continue;
        std::set<std::uint32_t> images;
        for (const Change& change : changes) images.insert(change.image(table));
        for (const std::uint32_t image : images) met[image] = true;
        sizes[table] = static_cast<std::uint32_t>(images.size());
    }
    return sizes;
}

/// By counting the functions that each change leaves as they are: those that have on each cycle of words one value, or with a
/// complement two that alternate.
std::uint64_t classes_by_burnside(unsigned inputs) {
    std::uint64_t left = 0;
    const std::vector<Change> changes = all_changes(inputs);
    for (const Change& change : changes) {
        std::vector<bool> met(std::size_t{1} << inputs);
        std::uint64_t fixed = 1;
        for (std::uint32_t x = 0; x < met.size(); ++x) {
            if (met[x]) continue;
            unsigned length = 0;
            for (std::uint32_t y = x; !met[y]; y = change.word(y), ++length) met[y] = true;
            fixed *= change.complement && length % 2 == 1 ? 0 : 2;
        }
        left += fixed;
    }
    CHECK(left % changes.size() == 0);
    return left / changes.size();
}

/// The network that is told by what positions hold, with heads and a reader of its own making.
class TableWriter {
  public:
    TableWriter(const Specification& specification, const OneBitNetwork& network, std::uint32_t table)
        : held_(network.held), table_(table), words_(samples(specification)), out_(blank_network(specification)) {
        for (std::int64_t j = 1; j <= out_.length; ++j)
            for (const std::size_t b : {0U, 1U}) write_list(j, b);
        for (const std::size_t b : {0U, 1U}) write_reader(b);
    }

    network::Guhat take() { return std::move(out_); }

  private:
    /// A pair that can be present: position from 1, what it holds there, and on which words.
    struct Candidate {
        std::int64_t position = 0;
        std::size_t what = 0;
        std::uint32_t words = 0;
    };
    /// A candidate in an order, and the value on all words on which it is the first.
    struct Decision {
        Candidate candidate;
        bool value = false;
    };

    std::uint32_t words_with(std::int64_t position, std::size_t symbol) const {
        std::uint32_t words = 0;
        for (std::size_t x = 0; x < words_.size(); ++x)
            if (words_[x].word[static_cast<std::size_t>(position - 1)] == symbol) words |= 1U << x;
        return words;
    }
    std::uint32_t held(std::int64_t position, std::size_t value) const {
        const std::uint32_t words = held_[static_cast<std::size_t>(position - 1)];
        return value == 1 ? words : ~words;
    }

    /// Candidates that leave one value behind, until no word is left.
    static std::vector<Decision> ordered(std::uint32_t words, const std::vector<Candidate>& candidates,
                                         std::uint32_t values) {
        std::vector<Decision> order;
        while (words != 0) {
            const auto next = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& c) {
                const std::uint32_t here = words & c.words;
                return here != 0 && ((here & values) == 0 || (here & ~values) == 0);
            });
            REQUIRE(next != candidates.end());
            order.push_back({*next, (words & next->words & values) != 0});
            words &= ~next->words;
        }
        return order;
    }

    void write_list(std::int64_t j, std::size_t b) {
        std::vector<Candidate> candidates;
        for (std::int64_t i = 1; i <= out_.length; ++i)
            for (const std::size_t symbol : {0U, 1U})
                if (i != j) candidates.push_back({i, symbol, words_with(i, symbol)});
        const network::ValueId own = out_.values.symbol(b);
        for (const auto& [c, value] : ordered(words_with(j, b), candidates, held(j, 1))) {
            const network::Pair pair{c.position, out_.values.symbol(c.what)};
            out_.attention[{1, 1, j, own}].push_back(pair);
            out_.activation[{1, j, out_.values.tuple(own, {pair})}] = value ? 1 : 0;
        }
    }

    void write_reader(std::size_t b) {
        const network::ValueId end = out_.values.symbol(2), own = out_.values.activation(b);
        const network::Pair last{out_.length, out_.values.symbol(b)};
        const std::int64_t reader = out_.length + 1;
        out_.attention[{1, 1, reader, end}].push_back(last);
        out_.activation[{1, reader, out_.values.tuple(end, {last})}] = static_cast<std::int64_t>(b);
        std::vector<Candidate> candidates;
        for (std::int64_t j = 1; j <= out_.length; ++j)
            for (const std::size_t value : {0U, 1U}) candidates.push_back({j, value, held(j, value)});
        for (const auto& [c, accepted] : ordered(words_with(out_.length, b), candidates, table_)) {
            const network::Pair pair{c.position, out_.values.activation(c.what)};
            out_.attention[{2, 1, reader, own}].push_back(pair);
            if (accepted) out_.accept.insert(out_.values.tuple(own, {pair}));
        }
    }

    const std::array<std::uint32_t, 5> held_;
    const std::uint32_t table_;
    const std::vector<Sample> words_;
    network::Guhat out_;
};

NetworkClass one_bit() {
    NetworkClass c;
    c.layers = 2;
    c.activations = 2;
    return c;
}

}  // namespace

TEST_CASE("Classes of functions are those that all changes of all functions make, with as many members") {
    for (unsigned inputs = 2; inputs <= 4; ++inputs) {
        CAPTURE(inputs);
        std::map<std::uint32_t, std::uint32_t> sizes;
        for (const NpnClass& c : npn_classes(inputs)) sizes[c.table] = c.size;
        CHECK(sizes == classes_one_by_one(inputs));
    }
}

TEST_CASE("There are as many classes as Burnside's lemma counts, and their members are all functions") {
    for (unsigned inputs = 2; inputs <= 5; ++inputs) {
        CAPTURE(inputs);
        const std::vector<NpnClass> classes = npn_classes(inputs);
        CHECK(classes.size() == classes_by_burnside(inputs));
        std::uint64_t functions = 0;
        for (const NpnClass& c : classes) functions += c.size;
        CHECK(functions == std::uint64_t{1} << (1U << inputs));
        CHECK(std::is_sorted(classes.begin(), classes.end(),
                             [](const NpnClass& a, const NpnClass& b) { return a.table <= b.table; }));
    }
}

TEST_CASE("The network of a function of five bits, written as tables, computes it on all words") {
    const std::uint64_t seed = tests::seed();
    CAPTURE(seed);
    base::Random random(seed);
    const OneBitNetworks networks(5);
    for (int trial = 0; trial < 40; ++trial) {
        const auto table = static_cast<std::uint32_t>(random.bits());
        CAPTURE(table);
        OneBitNetwork network = networks.any(random);
        REQUIRE(networks.find(table, network, random, {}));
        CHECK(networks.computes(network, table));
        const Specification specification{one_bit(), language::Language::parse(table_name(table, 5), std::nullopt), 5};
        CHECK_FALSE(mistake(specification, TableWriter(specification, network, table).take()));
    }
}

TEST_CASE("A position cannot hold whether an odd number of others is 1, and no reader tells parity from nothing") {
    const OneBitNetworks networks(4);
    OneBitNetwork network;
    CHECK(networks.computes(network, 0));
    CHECK(networks.computes(network, 0xaaaa));  // the last symbol, which the reader knows
    CHECK_FALSE(networks.computes(network, 0x6996));
    network.held[0] = 0x6996;
    CHECK_FALSE(networks.computes(network, 0x6996));
    network.held[0] = 0;
    network.held[4] = 1;  // there is no fifth position
    CHECK_FALSE(networks.computes(network, 0));
}

TEST_CASE("A census of four inputs finds a network for each class, whatever the threads and the journal") {
    const OneBitCensus whole = take_one_bit_census(4, {.seed = 3}, {});
    CHECK_FALSE(whole.stopped);
    CHECK(whole.found() == 222);
    CHECK(whole.functions() == 65536);
    const OneBitNetworks networks(4);
    for (std::size_t c = 0; c < whole.classes.size(); ++c)
        CHECK(networks.computes(*whole.networks[c], whole.classes[c].table));
    const base::DirectoryInProgress scratch;
    const std::string journal = scratch.path() + "/journal";
    CHECK(take_one_bit_census(4, {.seed = 3, .threads = 3, .journal = journal}, {}).networks == whole.networks);
    // All but two shares are lost.
    std::string text = base::read_file(journal);
    std::size_t end = 0;
    for (int line = 0; line < 3; ++line) end = text.find('\n', end) + 1;
    base::write_file(journal, text.substr(0, end));
    const OneBitCensus resumed = take_one_bit_census(4, {.seed = 3, .journal = journal}, {});
    CHECK(resumed.earlier > 0);
    CHECK(resumed.earlier < 20);
    CHECK(resumed.networks == whole.networks);
    CHECK_THROWS_AS(take_one_bit_census(4, {.seed = 4, .journal = journal}, {}), base::InputError);
    // A network that errs is no record.
    const std::size_t digit = text.find("\"networks\":\"") + 12;
    text[digit] = text[digit] == '0' ? '1' : '0';
    base::write_file(journal, text.substr(0, end));
    CHECK_THROWS_AS(take_one_bit_census(4, {.seed = 3, .journal = journal}, {}), base::InputError);
}

TEST_CASE("A census that a limit ends says so, and by which") {
    base::Limits limits;
    limits.deadline = std::chrono::steady_clock::now();
    const OneBitCensus late = take_one_bit_census(5, {}, limits);
    CHECK(late.stopped == base::Limit::deadline);
    CHECK(late.found() == 0);
    limits = {};
    limits.memory_bytes = 1 << 20U;
    CHECK(take_one_bit_census(5, {}, limits).stopped == base::Limit::memory);
}

#include "decide/threshold/one_bit_census.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/parallel.hpp"
#include "base/records.hpp"

namespace attest::threshold {

namespace {

using nlohmann::json;

constexpr std::size_t shares = 64;                              ///< a second's work at most, which a kill undoes
constexpr std::size_t memory_needed = std::size_t{128} << 20U;  ///< with the text of the certificate
constexpr std::size_t digits = 8;                               ///< of a table in a record

/// The networks of a share as digits, which a record has.
std::string written(const std::vector<OneBitNetwork>& networks, unsigned inputs) {
    std::string text;
    text.reserve(networks.size() * inputs * digits);
    for (const OneBitNetwork& network : networks)
        for (unsigned j = 0; j < inputs; ++j) fmt::format_to(std::back_inserter(text), "{:08x}", network.held[j]);
    return text;
}

class CensusTaker {
  public:
    CensusTaker(unsigned inputs, const OneBitCensusOptions& options, const base::Limits& limits)
        : options_(options),
          limits_(limits),
          search_(inputs),
          records_(options.journal.empty() ? base::Records() : base::Records(options.journal, head(inputs))) {
        census_.inputs = inputs;
        census_.classes = npn_classes(inputs);
        census_.networks.resize(census_.classes.size());
        for (const std::string& record : records_.earlier())
            if (!limits_.exceeded()) take_up(record);
        census_.earlier = census_.found();
    }

    OneBitCensus run() {
        base::in_parallel(options_.threads, shares, [&](std::size_t share) {
            if (!limits_.exceeded()) take(share);
        });
        if (census_.found() < census_.classes.size()) census_.stopped = limits_.exceeded();
        return std::move(census_);
    }

  private:
    base::Journal::Head head(unsigned inputs) const {
        const json question{{"format", "attest/one-bit-census"},
                            {"version", 1},
                            {"inputs", inputs},
                            {"seed", options_.seed},
                            {"shares", shares}};
        return {base::json_text(question), "networks of a census of as many inputs and the same seed"};
    }

    /// The classes of a share, the last one excluded.
    std::pair<std::size_t, std::size_t> range(std::size_t share) const {
        const std::size_t all = census_.classes.size();
        return {share * all / shares, (share + 1) * all / shares};
    }

    void take_up(const std::string& line) {
        const json record = base::document_or_none(line);
        if (!record.is_object() || !record.contains("unit") || !record["unit"].is_number_unsigned() ||
            record["unit"] >= shares || !record.contains("networks") || !record["networks"].is_string() ||
            !read(record["unit"], record["networks"]))
            throw base::InputError(options_.journal, "networks of a census, each right on all words", "something else");
    }

    bool read(std::size_t share, const std::string& text) {
        const auto [first, last] = range(share);
        const unsigned inputs = census_.inputs;
        if (text.size() != (last - first) * inputs * digits ||
            text.find_first_not_of("0123456789abcdef") != std::string::npos)
            return false;
        for (std::size_t c = first; c < last; ++c) {
            OneBitNetwork network;
            for (unsigned j = 0; j < inputs; ++j)
                network.held[j] = static_cast<std::uint32_t>(
                    std::stoul(text.substr(((c - first) * inputs + j) * digits, digits), nullptr, 16));
            if (!search_.computes(network, census_.classes[c].table)) return false;
            census_.networks[c] = network;
        }
        return true;
    }

    /// One class after the other, each from the network of the one before: their tables are alike.
    void take(std::size_t share) {
        const auto [first, last] = range(share);
        if (first == last || census_.networks[first]) return;
        base::Random random(options_.seed * shares + share);
        OneBitNetwork network = search_.any(random);
        std::vector<OneBitNetwork> found;
        for (std::size_t c = first; c < last; ++c) {
            const std::uint32_t table = census_.classes[c].table;
            if (!search_.find(table, network, random, limits_)) break;
            if (!search_.computes(network, table))
                throw base::InternalError("a network of a census does not compute its function");
            census_.networks[c] = network;
            found.push_back(network);
        }
        end(share, last - first, found);
    }

    void end(std::size_t share, std::size_t classes, const std::vector<OneBitNetwork>& found) {
        const std::lock_guard lock(mutex_);
        found_ += found.size();
        if (found.size() == classes)
            records_.add(share, base::json_text(json{{"unit", share}, {"networks", written(found, census_.inputs)}}));
        if (options_.progress) options_.progress(census_.earlier + found_);
    }

    const OneBitCensusOptions& options_;
    const base::Limits& limits_;
    const OneBitNetworks search_;
    base::Records records_;
    OneBitCensus census_;
    std::mutex mutex_;
    std::size_t found_ = 0;
};

}  // namespace

std::size_t OneBitCensus::found() const {
    return static_cast<std::size_t>(
        std::count_if(networks.begin(), networks.end(), [](const auto& network) { return network.has_value(); }));
}

std::uint64_t OneBitCensus::functions() const {
    std::uint64_t all = 0;
    for (const NpnClass& c : classes) all += c.size;
    return all;
}

OneBitCensus take_one_bit_census(unsigned inputs, const OneBitCensusOptions& options, const base::Limits& limits) {
    if (limits.memory_bytes < memory_needed) {
        OneBitCensus nothing;
        nothing.inputs = inputs;
        nothing.stopped = base::Limit::memory;
        return nothing;
    }
    return CensusTaker(inputs, options, limits).run();
}

}  // namespace attest::threshold

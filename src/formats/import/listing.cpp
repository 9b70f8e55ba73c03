#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/formats/import.hpp"
#include "family.hpp"

// What a checkpoint holds, before anybody knows all that an import needs. The family reads it as an import would; where it
// asks for what nobody told, that is noted, and it reads again with some value in its place.

namespace attest::formats::import {

namespace {

using Roles = std::vector<std::pair<std::string, std::string>>;  ///< name of a tensor, what it is

/// As far as one family can read a checkpoint.
struct Reading {
    std::optional<ListedNetwork> network;  ///< none if it cannot be read, whatever is told
    std::vector<ListedSetting> settings;
    Roles roles;  ///< of tensors that no fixed name tells
};

bool has_key(const std::vector<ListedSetting>& settings, const std::string& key) {
    return std::any_of(settings.begin(), settings.end(), [&](const ListedSetting& s) { return s.key == key; });
}

ListedNetwork network_of(const Blueprint& plan, const std::vector<ListedSetting>& untold) {
    ListedNetwork network;
    network.layers = plan.layers.size();
    network.dimension = plan.dimension;
    network.vocabulary = plan.embedding.array.shape[0];
    network.positions = plan.positions_limit;
    network.classes = plan.readout.weight.array.shape[0];
    if (plan.layers.empty()) return network;
    const LayerPlan& first = plan.layers[0];
    if (!has_key(untold, "heads")) network.heads = first.heads.size();
    if (!first.maps.empty()) network.feed_forward = first.maps[0].weight.array.shape[0];
    return network;
}

/// What is round the layers. A tensor that may be several things is what somebody says that it is.
Roles roles_of(const Blueprint& plan, const std::vector<ListedSetting>& untold) {
    Roles roles;
    const auto add = [&](const char* key, const Part& part, const char* role) {
        if (!has_key(untold, key)) roles.emplace_back(part.name, role);
    };
    add("embedding", plan.embedding, "embedding of symbols");
    if (plan.positions) add("positions", *plan.positions, "table of positions");
    add("head", plan.readout.weight, "what is read: a row for each class");
    if (plan.readout.bias) add("head", *plan.readout.bias, "bias of what is read");
    return roles;
}

Reading read_as(const Checkpoint& checkpoint, const Family& family, Options options) {
    constexpr std::size_t most_untold = 16;
    Reading reading;
    while (reading.settings.size() < most_untold) {
        Settings settings = read_settings(checkpoint, options);
        Source source(checkpoint, settings);
        try {
            const Blueprint plan = family.read(source);
            for (auto& [name, role] : roles_of(plan, reading.settings)) reading.roles.emplace_back(name, role);
            reading.network = network_of(plan, reading.settings);
            for (const Assumption& a : settings.assumed())
                if (!has_key(reading.settings, a.key)) reading.settings.push_back({a.key, a.value, a.because});
            return reading;
        } catch (const Untold& untold) {
            if (has_key(reading.settings, untold.key)) return reading;
            reading.settings.push_back({untold.key, std::nullopt, untold.meaning});
            if (untold.values.empty()) return reading;
            if (untold.values.size() > 1)
                for (const std::string& name : untold.values)
                    reading.roles.emplace_back(
                        name, fmt::format("perhaps the {} (--set {}={})", untold.key, untold.key, name));
            options.set.push_back(fmt::format("{}={}", untold.key, untold.values.front()));
        } catch (const base::InputError&) {
            return reading;  // import says what is wrong
        }
    }
    return reading;
}

}  // namespace

Listing list_checkpoint(const std::string& path, const Options& options) {
    const Checkpoint checkpoint = read_checkpoint(path, options.member, options.memory_bytes);
    const std::vector<const Family*> fit =
        options.family.empty() ? fitting(checkpoint) : std::vector{&find_family(checkpoint, options.family)};
    Listing listing{checkpoint.container, {}, {}, {}, {}, {}, checkpoint.ignored};
    Reading reading;
    if (fit.size() == 1) reading = read_as(checkpoint, *fit[0], options);
    for (const Family* family : fit) listing.families.emplace_back(family->name);
    for (const auto& [name, array] : checkpoint.tensors) {
        Listed listed{name, std::string(info(array.type).name), array.spell_shape(), {}};
        for (const Family* family : fit)
            if (const auto role = role_of(*family, name); !role.empty())
                listed.roles.emplace_back(std::string(family->name), std::string(role));
        for (const auto& [tensor, role] : reading.roles)
            if (tensor == name && listed.roles.empty()) listed.roles.emplace_back(std::string(fit[0]->name), role);
        listing.tensors.push_back(std::move(listed));
    }
    listing.network = reading.network;
    listing.settings = std::move(reading.settings);
    for (const Hyperparameter& h : checkpoint.hyperparameters)
        listing.hyperparameters.push_back(fmt::format("{} = {}", h.name, h.value));
    return listing;
}

}  // namespace attest::formats::import

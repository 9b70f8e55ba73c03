#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "part.hpp"

// A network in terms of the tensors that it was read from: what a family makes, and what a document is written from.

namespace attest::formats::import {

/// y = W x + b. Shape  weight: [outputs × inputs], bias: [outputs]
struct MapPlan {
    Part weight;
    std::optional<Part> bias{};
};

struct NormPlan {
    bool rms = false;  ///< without the mean
    std::string eps;   ///< a decimal
    std::optional<Part> gain{}, bias{};
};

struct HeadPlan {
    std::optional<MapPlan> query{}, key{};  ///< both or neither
    MapPlan value;
    MapPlan output;
    std::string tie{};  ///< of hard attention; empty: left
};

/// Attention, then a feed-forward part; one without heads or maps is left out.
struct LayerPlan {
    std::vector<HeadPlan> heads{};
    std::optional<NormPlan> attention_norm{}, feedforward_norm{};
    std::vector<MapPlan> maps{};
    std::optional<MapPlan> gate{};
    std::string activation = "relu";
};

/// Rotary positions of queries and keys.
struct RotaryPlan {
    std::string base;
    std::uint64_t dims = 0;
    std::string pairing;  ///< half, interleaved
    std::string factor = "1";
};

struct Blueprint {
    std::uint64_t dimension = 0;
    Part embedding;                        ///< [vocabulary × d]
    std::optional<Part> embedding_added;   ///< [d], to each row
    std::optional<Part> positions;         ///< [positions × d]
    std::uint64_t positions_limit = 0;     ///< how many positions there are; 0: any number
    std::optional<std::uint64_t> exactly;  ///< the only number of positions for which this is the network
    std::optional<RotaryPlan> rotary;
    std::optional<NormPlan> embedding_norm, final_norm;
    bool pre_norm = true;  ///< norms stand before their parts, else after
    std::string kind = "softmax", mask = "none", scale = "1";
    std::vector<LayerPlan> layers;
    std::optional<MapPlan> pooler;  ///< with tanh after it, at the position that is read
    MapPlan readout;                ///< [classes × d]
    bool classes_are_tokens = false;
    std::string read;  ///< first, last …: where the family reads unless it is told
};

}  // namespace attest::formats::import

#pragma once

#include <nlohmann/json.hpp>

#include "attest/exact/rational.hpp"
#include "blueprint.hpp"
#include "companion.hpp"

namespace attest::formats::import {

/// The layers of a plan as the model format writes them; the parts that they name go to the companion.
class LayersWriter {
  public:
    LayersWriter(const Blueprint& plan, Companion& companion) : plan_(plan), companion_(companion) {}

    nlohmann::ordered_json layer(const LayerPlan& layer) const;
    /// A norm as version 2 has it at the top level, without a place.
    nlohmann::ordered_json norm(const NormPlan& norm) const;
    /// A layer that is a norm and no more, as version 1 says it: of y plus nothing.
    nlohmann::ordered_json norm_layer(const NormPlan& norm) const;
    /// tanh(W y + b) at every position.
    nlohmann::ordered_json pooler(const MapPlan& map) const;
    nlohmann::ordered_json map(const MapPlan& map) const;

  private:
    nlohmann::ordered_json placed(const NormPlan& norm, bool pre) const;
    nlohmann::ordered_json head(const HeadPlan& head, bool own_tie) const;
    nlohmann::ordered_json attention(const LayerPlan& layer) const;
    nlohmann::ordered_json feedforward(const LayerPlan& layer) const;

    const Blueprint& plan_;
    Companion& companion_;
};

/// Whether heads of one layer break ties in different ways.
bool mixes_ties(const LayerPlan& layer);

/// A number as a model file has it: an integer, or a quotient in quotes.
nlohmann::ordered_json number(const exact::Rational& number);

/// A decimal that somebody wrote, as it is. key: of the setting, for the message where it is none
nlohmann::ordered_json decimal(const std::string& text, const std::string& key);

}  // namespace attest::formats::import

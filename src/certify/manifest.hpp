#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "attest/base/limits.hpp"
#include "attest/certify/place.hpp"

namespace attest::certify {

/// The files of a certificate while they are written; the manifest comes last. Where a limit is exceeded nothing more is
/// written, the manifest least of all.
class Manifest {
  public:
    using Json = nlohmann::ordered_json;

    Manifest(Place place, Json claim, Json provenance, const base::Limits& limits);

    Json& member(const std::string& key) { return document_[key]; }
    /// Writes a file of the certificate and lists it with its digest.
    void write(const std::string& name, std::string_view bytes);
    /// Whether there is still time to make the text of a further file.
    bool goes_on() const { return !limits_.exceeded(); }
    /// Writes manifest.json; gives its digest, or nothing if a limit was exceeded.
    std::string finish();

  private:
    Place place_;
    base::Limits limits_;
    Json document_;
    Json files_ = Json::array();
};

}  // namespace attest::certify

#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace attest::certificate {

/// The files of a certificate while they are written; the manifest comes last.
class Manifest {
  public:
    using Json = nlohmann::ordered_json;

    Manifest(std::string directory, Json claim, Json provenance);

    Json& member(const std::string& key) { return document_[key]; }
    /// Writes a file of the certificate and lists it with its digest.
    void write(const std::string& name, std::string_view bytes);
    /// Writes manifest.json; gives its digest.
    std::string finish();

  private:
    std::string directory_;
    Json document_;
    Json files_ = Json::array();
};

}  // namespace attest::certificate

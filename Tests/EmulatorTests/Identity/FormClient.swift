import Foundation
import Signing

@testable import Emulator

/// Signs and sends calls of the query protocol.
struct FormClient {
    var client: SignedClient

    /// With the own key of `account`.
    init(port: Int, account: String = "999999999999", service: String = "iam") {
        let key = EmulatedAccessKey.ofAccount(account)
        client = SignedClient(
            port: port, credentials: Credentials(accessKeyID: key.accessKeyID, secretAccessKey: key.secretAccessKey),
            service: service)
    }

    @discardableResult
    func call(_ action: String, _ members: [String: String] = [:]) async throws -> SignedClient.Reply {
        let version = client.service == "iam" ? IdentityService.version : TokenService.version
        let all = ["Action": action, "Version": version].merging(members) { $1 }
        let body = all.sorted { $0.key < $1.key }.map { name, value in
            PercentEncoding.encode(name.utf8) + "=" + PercentEncoding.encode(value.utf8)
        }.joined(separator: "&")
        return try await client.post(
            body, headers: [("content-type", "application/x-www-form-urlencoded; charset=utf-8")])
    }

    /// `status code`, or `200`.
    func outcome(_ action: String, _ members: [String: String] = [:]) async throws -> String {
        let reply = try await call(action, members)
        return "\(reply.status)" + (reply.xml("Code").map { " " + $0 } ?? "")
    }

    /// Makes a role with one inline policy, if any.
    func makeRole(_ name: String, trust: String, policy: String? = nil) async throws {
        let made = try await call("CreateRole", ["RoleName": name, "AssumeRolePolicyDocument": trust])
        guard made.status == 200 else { throw Refused(text: String(decoding: made.body, as: UTF8.self)) }
        guard let policy else { return }
        let put = try await call(
            "PutRolePolicy", ["RoleName": name, "PolicyName": "P", "PolicyDocument": policy])
        guard put.status == 200 else { throw Refused(text: String(decoding: put.body, as: UTF8.self)) }
    }

    /// The temporary key of a session of the role.
    func assume(_ role: String, session: String = "me", _ members: [String: String] = [:]) async throws -> Credentials {
        var sts = self
        sts.client.service = "sts"
        let reply = try await sts.call(
            "AssumeRole", ["RoleArn": role, "RoleSessionName": session].merging(members) { $1 })
        guard let id = reply.xml("AccessKeyId"), let secret = reply.xml("SecretAccessKey"),
            let token = reply.xml("SessionToken")
        else { throw Refused(text: String(decoding: reply.body, as: UTF8.self)) }
        return Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token)
    }

    struct Refused: Error {
        let text: String
    }
}

/// Policies by their parts.
enum Documents {
    static let logsTrust = trust(#"{"Service":"logs.amazonaws.com"}"#)

    static func trust(_ principal: String, condition: String? = nil, effect: String = "Allow") -> String {
        #"{"Version":"2012-10-17","Statement":[{"Effect":"\#(effect)","Principal":\#(principal),"Action":"sts:AssumeRole""#
            + (condition.map { #","Condition":\#($0)"# } ?? "") + "}]}"
    }

    static func accountTrust(_ account: String) -> String { trust(#"{"AWS":"\#(account)"}"#) }

    static func allowing(_ action: String, on resource: String, condition: String? = nil) -> String {
        document(statement("Allow", action, resource, condition))
    }

    static func document(_ statements: String...) -> String {
        #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
    }

    static func statement(
        _ effect: String, _ action: String, _ resource: String, _ condition: String? = nil
    ) -> String {
        #"{"Effect":"\#(effect)","Action":"\#(action)","Resource":"\#(resource)""#
            + (condition.map { #","Condition":\#($0)"# } ?? "") + "}"
    }
}
